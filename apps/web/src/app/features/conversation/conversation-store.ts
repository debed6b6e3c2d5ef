import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import type { Conversation, ConversationWithTurns } from '@dramatis/contracts/conversation';
import { isCustomId } from '@dramatis/contracts/custom-id';
import type { Persona } from '@dramatis/contracts/persona';
import type { StartedTurn } from '@dramatis/contracts/turn';
import { ApiClient } from '../../core/api-client';
import { Problem, asProblem } from '../../core/problem';
import { randomId } from '../../core/random-id';
import { TurnStream } from '../../core/turns/turn-stream';
import { Manners } from '../../shared/manners';
import { ConversationBranch } from './conversation-branch';
import { Drafts } from './drafts';
import { EarlyConversation, latestTurns, openingConversation, personaOf } from './early-conversation';
import { type Manner, type TurnView, branchAt, isRunning, mergeTurns, takenBy } from './exchange';
import { MannerOffers } from './manner-offer';

/** How often an open page looks for what is said in the conversation on another device, besides being told of it. */
const watchMs = 60_000;
/** How many are fetched at once further up. */
const earlierTurns = 50;
/** As many as the API gives at once. */
const maxTurnsPerPage = 200;

/** One conversation: its turns, what runs in it, and what the reader does with them. Provided by the page. */
@Injectable()
export class ConversationStore {
  private readonly api = inject(ApiClient);
  private readonly stream = inject(TurnStream);
  private readonly drafts = inject(Drafts);
  private readonly early = inject(EarlyConversation);
  private readonly manners = inject(Manners);
  private readonly branch = new ConversationBranch(this.stream, () => this.stopping.set(false));
  /** Grows with every conversation opened, so that late answers for an earlier one are dropped. */
  private visit = 0;
  private endWatch = (): void => undefined;

  readonly conversation = signal<Conversation | null>(null);
  readonly persona = signal<Persona | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly hasEarlier = signal(false);
  readonly loadingEarlier = signal(false);
  /** The turns of the branch that is shown, oldest first. */
  readonly views = this.branch.views;
  /** Whether another branch is being fetched. */
  readonly moving = signal(false);
  readonly running = computed(() => this.views().find(isRunning) ?? null);
  /** Whether something is under way, so that no branch can begin or be moved to. */
  readonly engaged = computed(() => this.running() !== null || this.moving());
  readonly stopping = signal(false);
  readonly offer = inject(MannerOffers).of(this.persona);
  /** How the next message is answered: as the conversation has it, as far as that is offered still. */
  readonly manner = computed<Manner>(() => {
    const conversation = this.conversation();
    return this.offer.instead({ mode: conversation?.mode ?? 'educator', format: conversation?.format ?? 'free' });
  });

  constructor() {
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') void this.refresh();
    };
    document.addEventListener('visibilitychange', onVisible);
    const watch = setInterval(() => void this.lookElsewhere(), watchMs);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(watch);
      document.removeEventListener('visibilitychange', onVisible);
      this.leave();
    });
  }

  /** Shows a conversation; whatever of it is still being written goes on. Resolves when it is shown or `problem` says why not. */
  async open(conversationId: string): Promise<void> {
    this.leave();
    const visit = ++this.visit;
    try {
      const opening = this.early.take(conversationId) ?? openingConversation(this.api, conversationId);
      const [found, persona] = await Promise.all([opening.conversation, opening.persona]);
      if (visit !== this.visit) return;
      this.persona.set(persona);
      this.show(found, []);
      // An installation's own may have been archived since the list was fetched, in this tab or while it slept.
      if (isCustomId(found.mode) || isCustomId(found.format)) void this.manners.refresh();
      this.restoreOutgoing(conversationId);
      this.stream.prepare();
      this.endWatch = this.stream.watchConversation(conversationId, () => void this.lookElsewhere());
      this.branch.followRunning();
    } catch (error) {
      if (visit === this.visit) this.problem.set(asProblem(error));
    }
  }

  /** Looks for what happened elsewhere, in another tab or while the page slept. */
  async refresh(): Promise<void> {
    const id = this.conversation()?.conversationId;
    const unsent = this.views().some(({ delivery, replaces }) => delivery === 'unsent' && replaces.length > 0);
    if (!id || this.running() || this.moving() || unsent) return;
    const visit = this.visit;
    try {
      const found = await this.api.conversation(id, { limit: latestTurns });
      if (visit !== this.visit || this.moving()) return;
      this.show(found, this.views());
      this.branch.followRunning();
    } catch {
      // What is shown stays; the next action tells what is wrong.
    }
  }

  /** Whether something was said on another device, by as little as shows it; then that is followed here. */
  private async lookElsewhere(): Promise<void> {
    const conversation = this.conversation();
    if (!conversation || document.hidden || this.running() || this.moving()) return;
    try {
      const { headTurnId } = await this.api.conversation(conversation.conversationId, { limit: 1 });
      const shown = this.views().findLast(({ state }) => state !== null)?.state?.turnId ?? null;
      if (headTurnId !== shown) await this.refresh();
    } catch {
      // The next look may find the server again.
    }
  }

  async loadEarlier(): Promise<void> {
    const id = this.conversation()?.conversationId;
    const before = this.views()[0]?.createdAt;
    if (!id || !before || this.loadingEarlier()) return;
    const visit = this.visit;
    this.loadingEarlier.set(true);
    try {
      const { turns, hasEarlierTurns } = await this.api.conversation(id, { limit: earlierTurns, before });
      if (visit !== this.visit) return;
      this.branch.update((views) => [...mergeTurns([], turns), ...views]);
      this.hasEarlier.set(hasEarlierTurns);
    } finally {
      this.loadingEarlier.set(false);
    }
  }

  async send(text: string): Promise<void> {
    const conversation = this.conversation();
    if (!conversation) return;
    const manner = this.manner();
    // What took the place of something that is no longer offered is the conversation's own from here on.
    if (manner.mode !== conversation.mode || manner.format !== conversation.format) this.setManner(manner);
    const view = this.newView({ userText: text, ...manner });
    this.drafts.keepOutgoing(conversation.conversationId, { requestId: view.requestId, text });
    this.branch.update((views) => [...views, view]);
    await this.deliver(view.requestId);
  }

  /** Says something else in the place of a message: a branch begins there. */
  edit(view: TurnView, text: string): Promise<void> {
    return this.branchOff(view, { userText: text, mode: view.mode, format: view.format });
  }

  /** Another reply to the same message, in the same manner unless told otherwise: a branch begins there. */
  async regenerate(view: TurnView, { provider, ...manner }: Partial<Manner> & { provider?: string } = {}): Promise<void> {
    const turnId = view.state?.turnId;
    if (!turnId) return;
    const { userText, mode, format } = view;
    const regenerationOf = view.regenerationOf ?? turnId;
    await this.branchOff(view, { userText, mode, format, ...manner, regenerationOf, ...(provider && { provider }) });
  }

  private async branchOff(view: TurnView, changes: Pick<TurnView, 'userText'> & Manner & Partial<TurnView>): Promise<void> {
    if (this.engaged()) return;
    const views = this.views();
    const at = views.findIndex(({ requestId }) => requestId === view.requestId);
    if (at < 0) return;
    const next = this.newView({ ...branchAt(views, at), ...changes });
    const id = this.conversation()?.conversationId;
    if (id && next.regenerationOf === null) this.drafts.keepOutgoing(id, { requestId: next.requestId, text: next.userText, inPlaceAfter: next.parentTurnId });
    this.branch.set([...views.slice(0, at), next]);
    await this.deliver(next.requestId);
  }

  /** Shows the branch of another turn, to its end. What is written next goes on from there. */
  async moveTo(turnId: string): Promise<Problem | null> {
    const id = this.conversation()?.conversationId;
    if (!id || this.engaged()) return null;
    const visit = this.visit;
    this.moving.set(true);
    try {
      await this.api.updateConversation(id, { headTurnId: turnId });
      const found = await this.api.conversation(id, { limit: Math.max(latestTurns, Math.min(this.views().length, maxTurnsPerPage)) });
      if (visit === this.visit) this.show(found, []);
      return null;
    } catch (error) {
      return asProblem(error);
    } finally {
      this.moving.set(false);
    }
  }

  /** Sends again what the server did not take: the same request, so that it is never answered twice. */
  async retry(view: TurnView): Promise<void> {
    this.branch.change(view.requestId, { delivery: 'sending', problem: null, ...this.offer.instead(view) });
    await this.deliver(view.requestId);
  }

  /** Gives up what the server did not take; what stood in its place comes back. Returns its text, for the composer. */
  discard(view: TurnView): string {
    this.branch.update((views) => views.flatMap((other) => (other.requestId === view.requestId ? other.replaces : [other])));
    const id = this.conversation()?.conversationId;
    if (id) this.drafts.dropOutgoing(id, view.requestId);
    return view.userText;
  }

  /** Follows again a turn whose events could not be received. */
  followAgain(view: TurnView): void {
    this.branch.change(view.requestId, { problem: null });
    if (view.state) this.branch.follow(view.requestId, view.state.turnId);
  }

  /** Stops the reply under way; one whose message is still being sent is stopped as soon as the server has it. */
  async stop(): Promise<Problem | null> {
    const running = this.running();
    if (!running || this.stopping()) return null;
    this.stopping.set(true);
    return running.state ? this.cancel(running.state.turnId) : null;
  }

  private async cancel(turnId: string): Promise<Problem | null> {
    try {
      await this.api.cancelTurn(turnId);
      return null;
    } catch (error) {
      this.stopping.set(false);
      const problem = asProblem(error);
      return problem.code === 'turn_finished' ? null : problem;
    }
  }

  async rate(view: TurnView, rating: 'up' | 'down' | null): Promise<Problem | null> {
    if (!view.state) return null;
    const before = view.state.turn.feedback;
    const setFeedback = (feedback: typeof before): void =>
      this.branch.changeState(view.requestId, (state) => ({ ...state, turn: { ...state.turn, feedback } }));
    setFeedback({ rating });
    try {
      await this.api.rateTurn(view.state.turnId, { rating });
      return null;
    } catch (error) {
      setFeedback(before);
      return asProblem(error);
    }
  }

  /** Whether others can read it by a link, as it was just changed. */
  setShared(conversationId: string, sharedAt: string | null): void {
    this.conversation.update((conversation) => (conversation?.conversationId === conversationId ? { ...conversation, sharedAt } : conversation));
  }

  /** Everything that was said before. @throws Problem */
  async loadAll(): Promise<void> {
    while (this.hasEarlier() && !this.loadingEarlier()) await this.loadEarlier();
  }

  /** How the persona answers from now on. Told to the server in passing: every turn carries its own manner anyway. */
  setManner(change: Partial<Manner>): void {
    const conversation = this.conversation();
    if (!conversation) return;
    this.conversation.set({ ...conversation, ...change });
    this.api.updateConversation(conversation.conversationId, change).catch(() => undefined);
  }

  private show({ turns, hasEarlierTurns, headTurnId: _, ...conversation }: ConversationWithTurns, views: readonly TurnView[]): void {
    this.conversation.set(conversation);
    this.branch.set(mergeTurns(views, turns));
    if (this.views()[0]?.requestId === turns[0]?.requestId) this.hasEarlier.set(hasEarlierTurns);
  }

  /** One that is on its way, at the end of what is shown unless told otherwise. */
  private newView(view: Pick<TurnView, 'userText'> & Manner & Partial<TurnView>): TurnView {
    return {
      ...{ requestId: randomId(), delivery: 'sending' as const, problem: null, regenerationOf: null, siblings: [], replaces: [], state: null },
      parentTurnId: this.views().findLast(({ state }) => state !== null)?.state?.turnId ?? null,
      createdAt: new Date().toISOString(),
      ...view,
      ...this.offer.instead(view),
    };
  }

  private async deliver(requestId: string): Promise<void> {
    const conversation = this.conversation();
    const view = this.views().find((candidate) => candidate.requestId === requestId);
    if (!conversation || !view) return;
    const visit = this.visit;
    const { mode, format, userText: text, parentTurnId, regenerationOf, provider } = view;
    try {
      const started = await (regenerationOf
        ? this.api.regenerateTurn(regenerationOf, { requestId, mode, format, ...(provider && { provider }) })
        : this.api.startTurn(conversation.conversationId, { requestId, text, mode, format, parentTurnId }));
      this.drafts.dropOutgoing(conversation.conversationId, requestId);
      if (visit !== this.visit) return;
      this.take(view, conversation, started);
      if (this.stopping()) await this.cancel(started.turnId);
    } catch (error) {
      if (visit !== this.visit) return;
      this.stopping.set(false);
      const problem = asProblem(error);
      this.branch.change(requestId, { delivery: 'unsent', problem });
      if (problem.code === 'turn_in_progress') await this.refresh();
      if (problem.code === 'mode_not_supported' || problem.code === 'format_not_supported') await this.askWhatIsOffered(conversation);
    }
  }

  /** What is offered was changed since it was read. */
  private async askWhatIsOffered(conversation: Conversation): Promise<void> {
    const [persona] = await Promise.all([personaOf(this.api, conversation).catch(() => null), this.manners.refresh()]);
    if (persona && this.conversation()?.conversationId === conversation.conversationId) this.persona.set(persona);
  }

  private take(view: TurnView, conversation: Conversation, started: StartedTurn): void {
    this.branch.change(view.requestId, takenBy(view, conversation, started));
    this.conversation.set({ ...conversation, title: conversation.title ?? view.userText.slice(0, 80) });
    this.branch.follow(view.requestId, started.turnId);
  }

  /** Messages whose sending was cut short by a reload: either the server has them, or they are offered again in their places. */
  private restoreOutgoing(conversationId: string): void {
    const problem = new Problem('interrupted', 'The page was closed before this was sent.');
    for (const { requestId, text: userText, inPlaceAfter } of this.drafts.outgoing(conversationId)) {
      const views = this.views();
      if (views.some((view) => view.requestId === requestId)) {
        this.drafts.dropOutgoing(conversationId, requestId);
        continue;
      }
      const at = inPlaceAfter === undefined ? -1 : views.findIndex(({ parentTurnId, state }) => state !== null && parentTurnId === inPlaceAfter);
      const replaced = views[at];
      const { mode, format, ...place } = replaced ? branchAt(views, at) : { ...this.manner() };
      const view = this.newView({ requestId, userText, mode, format, ...place });
      this.branch.set([...(replaced ? views.slice(0, at) : views), { ...view, delivery: 'unsent', problem }]);
    }
  }

  private leave(): void {
    this.visit++;
    this.endWatch();
    this.branch.leave();
    this.conversation.set(null);
    this.persona.set(null);
    this.problem.set(null);
    this.hasEarlier.set(false);
    this.moving.set(false);
    this.stopping.set(false);
  }
}
