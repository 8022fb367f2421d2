/** A file on its way, and what became of it. */
import type { ApiError } from '../api/client';

export type Download =
  | { status: 'none' }
  | { status: 'preparing'; name: string }
  | { status: 'coming'; name: string; come: number; total: number | null }
  | { status: 'done'; name: string; bytes: number }
  | { status: 'cancelled'; name: string }
  | { status: 'failed'; name: string; error: ApiError };

export const isUnderWay = ({ status }: Download): boolean => status === 'preparing' || status === 'coming';
