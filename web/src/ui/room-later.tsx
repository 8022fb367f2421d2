/** The investor's room is fetched when somebody first enters it; from then on it is there at once. */
import type { ComponentChildren } from 'preact';
import { useLoaded } from './load';
import { Failure, Loading } from './parts';

export type RoomParts = typeof import('./room/room');

let here: RoomParts | null = null;

export const fetchRoom = (): Promise<RoomParts> => import('./room/room').then((parts) => (here = parts));

export function RoomLater({ draw }: { draw: (parts: RoomParts) => ComponentChildren }) {
  return here ? <>{draw(here)}</> : <Awaited draw={draw} />;
}

function Awaited({ draw }: { draw: (parts: RoomParts) => ComponentChildren }) {
  const loaded = useLoaded('room', fetchRoom);
  if (loaded.status === 'failed') return <Failure error={loaded.error} retry={loaded.retry} />;
  return loaded.status === 'here' ? <>{draw(loaded.value)}</> : <Loading />;
}
