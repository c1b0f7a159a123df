// Chinese: stars.
export const zh = {
  'stars.level': '{n} 星级志愿者',
  'stars.since': '{day}起',
  'stars.next': '再有 {rest} 到 {n} 星（按已生效的算）',
  'stars.waits': '最近 {months} 个月有核实属实的问题，星级暂时不升；时长照记。',
  'stars.text': '已生效的服务时长到了，当天零点自动升星，不用申请。已经得到的星级，规定变了也保留。',
  'stars.levels': '各星级要多少小时（用顿号隔开，最多五级）',
  'stars.clean': '多少个月内有核实属实的投诉或问题，暂时不升（0 表示不看）',
  'stars.from': '从哪天起（最早明天）',
  'stars.reason': '依据（大家都看得到）',
  'stars.save': '定下来',
  'stars.saved': '已经定下，从所选的日期起生效。',
  'stars.history': '历次规定',
  'stars.rule': '{day} 起：{hours} 小时',
  'stars.rule_clean': '{months} 个月内没有核实属实的问题',
} as const
