/** Words about who looks at the page: share links that are open, and who is signed in. */
import { bilingual } from './bilingual';

export const sessionText = bilingual({
  audiences: { public: '公众', investor: '投资者', internal: '内部' },
  seenAs: (audience: string) => `此页显示“${audience}”可见的内容，点击查看登录情况`,
  banner: '分享链接',
  validUntil: (day: string) => `有效至 ${day}`,
  ended: (day: string) => `已于 ${day} 到期，刷新后不再可见`,
  changed: '数据此后有更新',
  leave: '退出分享',
  leaving: '正在退出…',
  leaveFailed: '没有退出：连不上服务器，请稍后再试。',
  shareMenu: '分享链接…',
  signInMenu: '登录…',
  signedInMenu: (holder: string) => `已登录：${holder}`,
}, {
  audiences: { public: 'Public', investor: 'Investors', internal: 'Internal' },
  seenAs: (audience: string) => `This page shows what is visible to: ${audience}. Click for the sign-in`,
  banner: 'Share link',
  validUntil: (day: string) => `valid until ${day}`,
  ended: (day: string) => `ended on ${day}; gone when the page is loaded again`,
  changed: 'the data has been updated since',
  leave: 'Leave',
  leaving: 'Leaving…',
  leaveFailed: 'Not left: the server cannot be reached. Try again in a moment.',
  shareMenu: 'Share link…',
  signInMenu: 'Sign in…',
  signedInMenu: (holder: string) => `Signed in: ${holder}`,
});
