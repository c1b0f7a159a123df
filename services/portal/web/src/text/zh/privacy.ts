// What a person may know and decide about their own data.
export const zh = {
  'privacy.consents': '我同意的事',
  'privacy.consents_text': '每一项单独同意，随时可以收回，不影响报名和时长。',
  'privacy.board_name': '光荣榜上显示我的姓名',
  'privacy.rank_neighbours': '看我的排名，和相邻的人互相看到',
  'privacy.check_in_location': '签到时提供大概位置',
  'privacy.renew': '这一项的说明有了新内容，之前的同意已经暂停。请看看下面的说明，愿意的话再打开一次；不打开也没关系。',
  'privacy.state_never': '没有同意过',
  'privacy.state_given': '{time} 起同意',
  'privacy.state_withdrawn': '{time} 已收回',
  'privacy.state_renew': '{time} 同意过，等您看新说明',
  'privacy.history': '以前的决定（{n} 次）',
  'privacy.gave': '同意',
  'privacy.took_back': '收回',
  'privacy.by_guardian': '（监护人）',
  'privacy.by_taken_over': '（升级前已同意）',
  'privacy.version': '第 {n} 版说明',
} as const
