// Chinese: the audit.
export const zh = {
  'audit.text': '谁在什么时候做了什么，看了谁的资料。记录只能增加，任何人不能修改或删除，至少保存三年。',
  'audit.number': '志愿者编号',
  'audit.number_hint': '输入志愿者编号，只看与这个人有关的',
  'audit.number_note': '按人查询会记入审计，本人也能看到。',
  'audit.act': '做了什么',
  'audit.every_act': '全部',
  'audit.from': '从',
  'audit.until': '到',
  'audit.at': '时间',
  'audit.who': '谁',
  'audit.what': '做了什么',
  'audit.whom': '对象',
  'audit.reason': '原因',
  'audit.system': '系统自动',
  'audit.empty': '还没有记录',
  'audit.empty_found': '没有符合条件的记录',
} as const
