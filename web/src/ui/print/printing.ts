/** The one picture that is being fetched. */
import { downloadPicture } from '../../api/picture';
import type { FileKind } from '../../state/picture';
import { fileAddress, type Picture } from '../../state/picture-request';
import type { Store } from '../../state/store';
import { createDownloader } from '../downloading';

const TYPES: Readonly<Record<FileKind, string>> = { pdf: 'application/pdf', png: 'image/png', svg: 'image/svg+xml' };

const { start, cancel } = createDownloader();

export const startPicture = ({ picturing }: Store, picture: Picture, name: string): Promise<void> =>
  start(picturing.download, { name, type: TYPES[picture.file], fetch: (signal, heard) => downloadPicture(fileAddress(picture), signal, heard) });

export const cancelPicture = cancel;
