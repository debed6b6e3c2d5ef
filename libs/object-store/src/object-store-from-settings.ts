import { createFolderObjectStore } from './folder-object-store.js';
import type { ObjectStore } from './port.js';
import { createS3ObjectStore } from './s3-object-store.js';
import type { ObjectStoreSettings } from './settings.js';

/** The store that the settings name. Opens no connection before the first use. */
export function objectStoreFromSettings(settings: ObjectStoreSettings): ObjectStore {
  return settings.kind === 'folder' ? createFolderObjectStore(settings) : createS3ObjectStore(settings);
}
