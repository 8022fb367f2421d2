/** Words of the page that somebody meets whose link or sign-in is refused. It is in both languages: nobody has chosen one yet. */
import { bilingual } from './bilingual';

export const refusedText = bilingual({
  title: '打不开这份分享',
  reasons: {
    foreign: '这个链接（或登录凭证）被改动过，或者来自另一台服务器；服务器更换密钥后，旧的链接也不再有效。',
    malformed: '这个链接不完整：复制时可能漏掉了一部分。',
    noKey: '这台服务器没有启用分享和登录。',
    unreachable: '现在连不上服务器。',
    other: '服务器没有接受这个链接。',
  },
  ended: (day: string) => `这个链接（或登录）已于 ${day} 到期。`,
  endedSome: '这个链接（或登录）已经到期。',
  serverSays: '服务器的说明：',
  todo: '请向发给您链接的人要一个新的链接。',
  todoWhole: '请把链接完整地复制一遍再打开，或向发给您链接的人再要一个。',
  todoLater: '请检查网络，稍后再试；链接仍然有效。',
  openPublic: '以公众身份打开图册',
  openOwn: (holder: string) => `以“${holder}”身份打开图册`,
  retry: '重试',
  failed: '没有成功：连不上服务器，请稍后再试。',
}, {
  title: 'This share cannot be opened',
  reasons: {
    foreign: 'The link (or the sign-in) was altered, or comes from another server; links end, too, when a server changes its key.',
    malformed: 'The link is not complete: part of it may have been lost when it was copied.',
    noKey: 'This server has no share links and no sign-in.',
    unreachable: 'The server cannot be reached at the moment.',
    other: 'The server did not accept the link.',
  },
  ended: (day: string) => `The link (or the sign-in) ended on ${day}.`,
  endedSome: 'The link (or the sign-in) has ended.',
  serverSays: 'The server says: ',
  todo: 'Please ask whoever sent it to you for a new one.',
  todoWhole: 'Please copy the whole link and open it again, or ask whoever sent it to you.',
  todoLater: 'Please check the network and try again in a moment; the link is still good.',
  openPublic: 'Open the public atlas',
  openOwn: (holder: string) => `Open the atlas as ${holder}`,
  retry: 'Try again',
  failed: 'That did not work: the server cannot be reached. Try again in a moment.',
});

export type RefusedText = (typeof refusedText)['zh'];
