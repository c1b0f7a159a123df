// 消息: what somebody is told, and how they want to be told.
export const zh = {
  'notices.head': '消息',
  'notices.none': '还没有消息',
  'notices.none_text': '新活动、时长确认、队伍的答复都会出现在这里。',
  'notices.unread': '未读',
  'notices.texted': '也发了短信',
  'notices.kept': '消息保留 180 天。',
  'notices.choices': '怎样通知我',
  'notices.choices_text': '审批、邀请、安全提醒这类消息总会出现在上面，不能关闭。',
  'notices.new_tasks': '队伍有新活动时告诉我',
  'notices.hours': '时长确认后告诉我',
  'notices.texts': '短信只发要紧的事',
  'notices.text_cancelled': '24 小时内的活动取消',
  'notices.text_changed': '24 小时内的活动有变',
  'notices.text_grants': '获得妇联授权',
  'notices.quiet': '夜里不发短信',
  'notices.quiet_text': '21:00 到 7:00。第二天中午前的活动有变除外，免得白跑。',
} as const
