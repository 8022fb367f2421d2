/** Names of exported fields for people, by their stable keys; fields of a dropped layer keep their own. */
import { bilingual } from './bilingual';

export const fieldNames = bilingual<Readonly<Record<string, string>>>({
  id: '编号', name: '名称', name_en: '英文名', pinyin: '拼音', aliases: '别名', kind: '类别代码', kind_zh: '类别', county: '县', within: '所在代码',
  within_name: '所在', accuracy: '位置精度代码', accuracy_zh: '位置精度', source: '来源代码', source_zh: '位置来源', note: '说明', note_en: '英文说明',
  seat_lon: '驻地经度', seat_lat: '驻地纬度', roles: '布局定位', herbs: '中药材品种', projects: '项目', targets: '指标', tasks: '任务',
  class: '图例代码', class_zh: '图例', plan: '规划', section: '出处', lines: '行号', quote: '原文', title: '名称', title_en: '英文', place: '地点编号',
  place_name: '地点', industries: '产业', industry: '产业', base_type: '基地类型', action: '建设内容', stage: '阶段', deadline: '时限',
  deadline_year: '时限年份', quantity: '规模', number: '规模数值', comparator: '比较', unit: '单位', places: '地点编号', place_names: '地点',
  lead_units: '牵头单位编号', lead_unit_names: '牵头单位', cooperating_units: '配合单位编号', cooperating_unit_names: '配合单位', no: '序号',
  baseline_year: '基期', baseline: '基期值', baseline_number: '基期数值', target_year: '目标年', target: '目标值', target_number: '目标数值',
  attribute: '属性', group: '组', task: '任务', role: '职责', topic: '事项', topic_en: '英文事项', severity: '严重程度', section_a: '出处一',
  statement_a: '说法一', section_b: '出处二', statement_b: '说法二', assessment: '判断', WKT: '图形（WKT）',
}, {
  id: 'Id', name: 'Name', name_en: 'English name', pinyin: 'Pinyin', aliases: 'Other names', kind: 'Kind (code)', kind_zh: 'Kind', county: 'County',
  within: 'Within (code)', within_name: 'Within', accuracy: 'Accuracy (code)', accuracy_zh: 'Accuracy', source: 'Source (code)', source_zh: 'Source',
  note: 'Note', note_en: 'English note', seat_lon: 'Longitude of the seat', seat_lat: 'Latitude of the seat', roles: 'Roles', herbs: 'Herbs',
  projects: 'Projects', targets: 'Indicators', tasks: 'Tasks', class: 'Legend class (code)', class_zh: 'Legend class', plan: 'Plan',
  section: 'Section', lines: 'Lines', quote: 'Quotation', title: 'Title', title_en: 'English title', place: 'Place (id)', place_name: 'Place',
  industries: 'Industries', industry: 'Industry', base_type: 'Type of base', action: 'Works', stage: 'Stage', deadline: 'Deadline',
  deadline_year: 'Year of the deadline', quantity: 'Quantity', number: 'Quantity as a number', comparator: 'Comparison', unit: 'Unit',
  places: 'Places (ids)', place_names: 'Places', lead_units: 'Leading units (ids)', lead_unit_names: 'Leading units',
  cooperating_units: 'Cooperating units (ids)', cooperating_unit_names: 'Cooperating units', no: 'Number', baseline_year: 'Base year',
  baseline: 'Baseline', baseline_number: 'Baseline as a number', target_year: 'Target year', target: 'Target', target_number: 'Target as a number',
  attribute: 'Attribute', group: 'Group', task: 'Task', role: 'Duties', topic: 'Topic', topic_en: 'English topic', severity: 'Severity',
  section_a: 'First section', statement_a: 'First statement', section_b: 'Second section', statement_b: 'Second statement', assessment: 'Assessment',
  WKT: 'Shape (WKT)',
});
