/** Words of drawers and docks. */
import { bilingual } from './bilingual';

export const deskText = bilingual({
  desk: '工作台',
  docksNav: '数据表与指标',
  drawers: { layers: '图层', theme: '专题', ask: '查询', compare: '对比', sites: '招商', mine: '导入' },
  drawerTitles: { layers: '图层', theme: '专题地图', ask: '在图上查询', compare: '对比', sites: '招商载体', mine: '我的图层' },
  closeDrawer: '收起左侧面板',
  table: '表格',
  targets: '指标',
  docks: { table: '数据表', targets: '指标看板', columns: '乡镇对照', sites: '载体比较' },
  enlarge: '铺满',
  shrink: '还原',
  closeDock: '关闭',
  dockHeight: '调整高度（可用上下方向键）',
}, {
  desk: 'Desk',
  docksNav: 'Tables and indicators',
  drawers: { layers: 'Layers', theme: 'Theme', ask: 'Ask', compare: 'Compare', sites: 'Sites', mine: 'Import' },
  drawerTitles: { layers: 'Layers', theme: 'Thematic map', ask: 'Ask the map', compare: 'Compare', sites: 'Sites for investors', mine: 'My layers' },
  closeDrawer: 'Hide the left panel',
  table: 'Tables',
  targets: 'Indicators',
  docks: { table: 'Tables', targets: 'Indicators', columns: 'Townships side by side', sites: 'Sites compared' },
  enlarge: 'Enlarge',
  shrink: 'Restore',
  closeDock: 'Close',
  dockHeight: 'Height (arrow keys work too)',
});
