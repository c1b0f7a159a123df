// What a person may know and decide about their own data.
export const zh = {
  'privacy.consents': '我同意的事',
  'privacy.consents_text': '每一项单独同意，随时可以收回，不影响报名和时长。',
  'privacy.board': '光荣榜上显示我的姓名',
  'privacy.board_text': '关闭时，姓名显示为“王**”',
} as const
