// Reasons that are chosen from a list, as they are kept and as they read.
export const zh = {
  'reason.contact': '联系本人',
  'reason.verify': '核实身份',
  'reason.certificate': '出具证明',
  'reason.correction': '更正资料',
  'reason.duplicate': '查重合并',
  'reason.complaint': '处理投诉',
  'reason.typo': '登记时写错了',
  'reason.paper_shown': '本人出示了证件',
  'reason.asked_by_person': '本人要求',
  'reason.moved': '搬家了',
  'reason.other': '其他',
  'reason.lost_phone': '手机丢了',
  'reason.others_phone': '登录在别人的手机上',
  'reason.registered_twice': '本人登记了两次',
  'reason.roster_and_own': '名册里有，本人又登记了',
  'reason.wrong_phone': '手机号登记错了，又登记一次',
} as const
