/** What the log's codes mean, as something that was done. Code that is added later is shown by its code until there are words for it. */
const words: Record<string, string> = {
  'personas.create': 'Made a persona',
  'personas.update': 'Changed a persona',
  'personas.archive': 'Archived a persona',
  'personas.unarchive': 'Brought a persona back',
  'personas.restore': 'Restored a version of a persona',
  'personas.delete': 'Deleted a persona',
  'personaDrafts.saveDraft': 'Saved a draft of a persona',
  'personaDrafts.publishDraft': 'Published a draft of a persona',
  'personaDrafts.discardDraft': 'Discarded a draft of a persona',
  'avatarUploads.upload': 'Uploaded a picture of a persona',
  'sources.create': 'Added a source',
  'sources.update': 'Changed a source',
  'sources.delete': 'Removed a source',
  'sources.ingest': 'Ran a source',
  'uploads.upload': 'Uploaded files',
  'ingestions.pause': 'Paused a run',
  'ingestions.resume': 'Resumed a run',
  'ingestions.cancel': 'Cancelled a run',
  'ingestions.retry': 'Tried again what failed in a run',
  'corpusVersions.publish': 'Published a version of a corpus',
  'corpusVersions.rollBack': 'Rolled a corpus back',
  'corpusVersions.update': 'Wrote a note on a version',
  'corpusVersions.collect': 'Cleared away old versions',
  'corpusProfiles.compute': 'Had a corpus described',
  'reproductions.reproduce': 'Had a version made again',
  'embedders.switch': 'Switched the embedder of a corpus',
  'embedders.cancel': 'Cancelled a switch of the embedder',
  'conversations.create': 'Began a conversation on a pinned version',
  'conversations.update': 'Pinned a conversation to a version',
  'accounts.register': 'Made an account',
  'accounts.update': 'Changed an account’s rights',
  'accounts.verifyEmail': 'Confirmed an address',
  'accounts.changeEmail': 'Asked for another address',
  'accounts.changePassword': 'Changed the password',
  'accounts.confirmPassword': 'Gave a wrong password',
  'accounts.resetPassword': 'Chose a new password by a mailed link',
  'accounts.enterByToken': 'Came by a token of the issuer',
  'accounts.remove': 'Deleted the account',
  'sessions.signIn': 'Signed in',
  'sessions.signInWithProvider': 'Signed in with a provider',
  'sessions.signOut': 'Signed out',
  'sessions.end': 'Ended a session',
  'sessions.endOthers': 'Signed out everywhere else',
  'apiKeys.create': 'Made a key for a program',
  'apiKeys.revoke': 'Revoked a key',
  'quotas.replace': 'Changed the quotas',
};

/** What was done, in words; null for what there are no words for. */
export function actionWords(action: string): string | null {
  return words[action] ?? null;
}

const kindWords: Record<string, string> = {
  personas: 'Personas',
  personaDrafts: 'Drafts of personas',
  avatarUploads: 'Pictures of personas',
  sources: 'Sources',
  uploads: 'Uploads',
  ingestions: 'Runs',
  corpusVersions: 'Versions of corpora',
  corpusProfiles: 'Descriptions of corpora',
  reproductions: 'Reproductions',
  embedders: 'Embedders',
  conversations: 'Pinned conversations',
  accounts: 'Accounts',
  sessions: 'Sessions',
  apiKeys: 'Keys of programs',
  quotas: 'Quotas',
};

/** A group of actions, such as `sources`. */
export function kindOfActionWords(kind: string): string {
  return kindWords[kind] ?? kind;
}
