/** Words about the data behind the page: newer data, and changes that were refused. */
import { bilingual } from './bilingual';

export const newsText = bilingual({
  newer: '数据已更新',
  ownLost: '自带图层只存在于本页，载入后需重新打开文件。',
  load: '载入新数据',
  later: '稍后再说',
  refused: '数据文件夹有错误，仍显示上一版本',
  refusedMore: (n: number) => `另有 ${n} 个错误，见服务日志或 plan-atlas check。`,
  understood: '知道了',
}, {
  newer: 'New data is there',
  ownLost: 'Own layers live in this page only: after loading, open their files again.',
  load: 'Load it',
  later: 'Later',
  refused: 'The data folder has errors; the last good version is shown',
  refusedMore: (n: number) => `${n === 1 ? 'One more error' : `${n} more errors`}: see the server’s log, or plan-atlas check.`,
  understood: 'Understood',
});
