import type { Translate } from '../../../../i18n/language';
import type { TextKey } from '../../../../i18n/scopes';

/** What the log's codes mean, as something that was done. Code that is added later is shown by its code until there are words for it. */
const words: Record<string, TextKey> = {
  'personas.create': 'audit.madeAPersona',
  'personas.update': 'audit.changedAPersona',
  'personas.archive': 'audit.archivedAPersona',
  'personas.unarchive': 'audit.broughtAPersonaBack',
  'personas.restore': 'audit.restoredAVersionOfAPersona',
  'personas.delete': 'audit.deletedAPersona',
  'personaDrafts.saveDraft': 'audit.savedADraft',
  'personaDrafts.publishDraft': 'audit.publishedADraft',
  'personaDrafts.discardDraft': 'audit.discardedADraft',
  'avatarUploads.upload': 'audit.uploadedAPicture',
  'personaExchange.import': 'audit.importedAPersona',
  'sources.create': 'audit.addedASource',
  'sources.update': 'audit.changedASource',
  'sources.delete': 'audit.removedASource',
  'sources.ingest': 'audit.ranASource',
  'uploads.upload': 'audit.uploadedFiles',
  'ingestions.pause': 'audit.pausedARun',
  'ingestions.resume': 'audit.resumedARun',
  'ingestions.cancel': 'audit.cancelledARun',
  'ingestions.retry': 'audit.triedAgainWhatFailedInARun',
  'corpusVersions.publish': 'audit.publishedAVersionOfACorpus',
  'corpusVersions.rollBack': 'audit.rolledACorpusBack',
  'corpusVersions.update': 'audit.wroteANoteOnAVersion',
  'corpusVersions.collect': 'audit.clearedAwayOldVersions',
  'corpusProfiles.compute': 'audit.hadACorpusDescribed',
  'reproductions.reproduce': 'audit.hadAVersionMadeAgain',
  'embedders.switch': 'audit.switchedTheEmbedderOfACorpus',
  'embedders.cancel': 'audit.cancelledASwitchOfTheEmbedder',
  'conversations.create': 'audit.beganAConversationOnAPinnedVersion',
  'conversations.update': 'audit.pinnedAConversationToAVersion',
  'accounts.register': 'audit.madeAnAccount',
  'accounts.update': 'audit.changedAnAccountsRights',
  'accounts.verifyEmail': 'audit.confirmedAnAddress',
  'accounts.changeEmail': 'audit.askedForAnotherAddress',
  'accounts.changePassword': 'audit.changedThePassword',
  'accounts.confirmPassword': 'audit.gaveAWrongPassword',
  'accounts.resetPassword': 'audit.choseANewPasswordByAMailed',
  'accounts.enterByToken': 'audit.cameByATokenOfTheIssuer',
  'accounts.remove': 'audit.deletedTheAccount',
  'sessions.signIn': 'audit.signedIn',
  'sessions.signInWithProvider': 'audit.signedInWithAProvider',
  'sessions.signOut': 'audit.signedOut',
  'sessions.end': 'audit.endedASession',
  'sessions.endOthers': 'audit.signedOutEverywhereElse',
  'apiKeys.create': 'audit.madeAKeyForAProgram',
  'apiKeys.revoke': 'audit.revokedAKey',
  'quotas.replace': 'audit.changedTheQuotas',
  'customModes.create': 'audit.madeAMode',
  'customModes.update': 'audit.changedAMode',
  'customModes.archive': 'audit.archivedAMode',
  'customFormats.create': 'audit.madeAFormat',
  'customFormats.update': 'audit.changedAFormat',
  'customFormats.archive': 'audit.archivedAFormat',
};

/** What was done, in words; null for what there are no words for. */
export function actionWords(t: Translate, action: string): string | null {
  const key = words[action];
  return key ? t(key) : null;
}

const kindWords: Record<string, TextKey> = {
  personas: 'app.personas',
  personaDrafts: 'audit.draftsOfPersonas',
  avatarUploads: 'audit.picturesOfPersonas',
  personaExchange: 'audit.importedPersonas',
  sources: 'app.sources',
  uploads: 'audit.uploads',
  ingestions: 'console.runs',
  corpusVersions: 'audit.versionsOfCorpora',
  corpusProfiles: 'audit.descriptionsOfCorpora',
  reproductions: 'audit.reproductions',
  embedders: 'audit.embedders',
  conversations: 'audit.pinnedConversations',
  accounts: 'console.accounts',
  sessions: 'audit.sessions',
  apiKeys: 'audit.keysOfPrograms',
  quotas: 'console.quotas',
  customModes: 'audit.modes',
  customFormats: 'audit.formats',
};

/** A group of actions, such as `sources`. */
export function kindOfActionWords(t: Translate, kind: string): string {
  const key = kindWords[kind];
  return key ? t(key) : kind;
}
