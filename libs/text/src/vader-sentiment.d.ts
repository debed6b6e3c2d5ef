declare module 'vader-sentiment' {
  interface Polarity {
    neg: number;
    neu: number;
    pos: number;
    /** -1 to 1. */
    compound: number;
  }
  export const SentimentIntensityAnalyzer: { polarity_scores(text: string): Polarity };
}
