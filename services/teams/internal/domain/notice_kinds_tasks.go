package domain

// What tasks tells.
const (
	NoticeTaskPublished      NoticeKind = "task.published"
	NoticeTaskCancelled      NoticeKind = "task.cancelled"
	NoticeTaskChanged        NoticeKind = "task.changed"
	NoticeTaskPaused         NoticeKind = "task.paused"
	NoticeTaskResumed        NoticeKind = "task.resumed"
	NoticeLedPaused          NoticeKind = "led.paused"           // to those who lead the team
	NoticeLedResumed         NoticeKind = "led.resumed"          // to those who lead the team
	NoticeCheckOutsForgotten NoticeKind = "attendance.forgotten" // to those who lead the team
	NoticeHoursDeclared      NoticeKind = "attendance.declared"  // to those who lead the team
	NoticeConfirmOne         NoticeKind = "attendance.confirm"   // to whoever is to confirm one person's hours
	NoticeTomorrow           NoticeKind = "shift.tomorrow"
	NoticeSoon               NoticeKind = "shift.soon"
	NoticeWithdrawnLate      NoticeKind = "sign_up.late" // to those who lead the team
	NoticeSwapped            NoticeKind = "swap.taken"   // to those who lead the team
	NoticeSeatTaken          NoticeKind = "swap.seat_taken"
	NoticeSeatExchanged      NoticeKind = "swap.exchanged"
	NoticeSwapUndone         NoticeKind = "swap.undone"
	NoticeSignedUp           NoticeKind = "sign_up.entered"
	NoticeWaitlisted         NoticeKind = "sign_up.waits"
	NoticeSeatOffered        NoticeKind = "seat.offered"
	NoticeSeatFree           NoticeKind = "seat.free"
	NoticeSeatLapsed         NoticeKind = "seat.lapsed"
	NoticeInvited            NoticeKind = "shift.invited"
	NoticeJoinAsked          NoticeKind = "task.join_asked"     // to those who lead the brigade that is asked
	NoticeJoined             NoticeKind = "task.joined"         // to those who lead the team
	NoticeNotJoined          NoticeKind = "task.not_joined"     // to those who lead the team
	NoticeJoinWithdrawn      NoticeKind = "task.join_withdrawn" // to those who lead the brigade that was asked
	NoticePhotoTakenDown     NoticeKind = "photo.taken_down"    // to those who lead the team
	NoticeTrainingCompleted  NoticeKind = "training.completed"
	NoticeAnomalyFound       NoticeKind = "anomaly.found"
	NoticeAnomalyDecided     NoticeKind = "anomaly.decided"
	NoticeHoursConfirmed     NoticeKind = "hours.confirmed"
)

// taskKinds are told by tasks.
var taskKinds = map[NoticeKind]noticeKind{
	NoticeTaskPublished: {
		titleZH: "新活动", titleEN: "New task", address: "/tasks/{task_id}",
		zh: "{team}发布了“{task}”，点开可以报名。",
		en: "{team} has posted “{task}”; open this to sign up.",
	},
	NoticeTaskCancelled: {
		titleZH: "活动取消", titleEN: "Task cancelled", address: "/tasks/{task_id}", important: true,
		zh: "{start}的“{task}”取消了，不用再去。",
		en: "“{task}” on {start} has been cancelled; please do not go.",
	},
	NoticeTaskChanged: {
		titleZH: "活动有变", titleEN: "Task changed", address: "/tasks/{task_id}", important: true,
		zh: "“{task}”有变动：{start}，{place}。请以此为准。",
		en: "“{task}” has changed: it is now {start}, {place}.",
	},
	NoticeCheckOutsForgotten: {
		titleZH: "等您确认", titleEN: "To be confirmed", address: "/shifts/{shift_id}/confirm",
		zh: "“{task}”结束了，有{count}人没有签退。请点开填上离开的时间，再确认时长。",
		en: "“{task}” is over and {count} did not check out. Open this to say when they left and confirm the hours.",
	},
	NoticeHoursDeclared: {
		titleZH: "本人申报", titleEN: "Own word", address: "/shifts/{shift_id}/confirm",
		zh: "{person}申报参加了“{task}”，请点开看看是否属实。",
		en: "{person} says that they took part in “{task}”; open this to say whether that is so.",
	},
	NoticeConfirmOne: {
		titleZH: "请您确认", titleEN: "Please confirm", address: "/shifts/{shift_id}/confirm",
		zh: "{person}在“{task}”的时长不能由自己确认，请您来确认。点开只要一步。",
		en: "{person} cannot confirm their own hours of “{task}”, so you are asked to. It takes one tap.",
	},
	NoticeTomorrow: {
		titleZH: "活动提醒", titleEN: "Reminder", address: "/tasks/{task_id}?shift={shift_id}", important: true,
		zh: "{start}，{place}，“{task}”。能来请点“我会来”，来不了请早些取消。",
		en: "{start}, {place}: “{task}”. Please say that you come, or withdraw early.",
	},
	NoticeSoon: {
		titleZH: "活动快开始了", titleEN: "It begins soon", address: "/tasks/{task_id}?shift={shift_id}", important: true,
		zh: "“{task}”{start}开始，地点：{place}。",
		en: "“{task}” begins {start} at {place}.",
	},
	NoticeWithdrawnLate: {
		titleZH: "临时取消", titleEN: "Withdrawn late", address: "/shifts/{shift_id}/call",
		zh: "{person}临时来不了“{task}”（{start}）。有候补的会自动去问；点开看原因。",
		en: "{person} cannot come to “{task}” ({start}) after all. Those who wait are asked by themselves; open this to see why.",
	},
	NoticeSwapped: {
		titleZH: "队员换班", titleEN: "Places changed", address: "/shifts/{shift_id}/call",
		zh: "“{task}”（{start}）：{by}的名额换给了{person}，两个人都同意。不合适的话，开始之前点开可以撤销。",
		en: "“{task}” ({start}): {person} has the seat of {by}; both agreed. Open this to undo it before the start, if it does not do.",
	},
	NoticeSeatTaken: {
		titleZH: "名额有人接了", titleEN: "Your seat was taken over", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "“{task}”（{start}）：有人点了您的换班链接，这一场由她去，您不用来了。",
		en: "“{task}” ({start}): somebody took your link and goes in your place; you need not come.",
	},
	NoticeSeatExchanged: {
		titleZH: "换班换好了", titleEN: "Places exchanged", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "“{task}”：有人和您换了班，您现在参加的是 {start} 这一场，原来那一场不用去了。",
		en: "“{task}”: somebody exchanged seats with you. Yours is {start} now; you need not come to the one before.",
	},
	NoticeSwapUndone: {
		titleZH: "换班撤销了", titleEN: "An exchange was undone", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "“{task}”（{start}）的换班，队长撤销了，名额回到换班以前。点开看您现在是哪一场，有问题请问队长。",
		en: "The leader has undone the exchange for “{task}” ({start}); the seats are as before. Open this to see yours, and ask the leader if anything is unclear.",
	},
	NoticeSignedUp: {
		titleZH: "群里的报名记上了", titleEN: "You are signed up", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "您在群里报名的“{task}”（{start}，{place}），队长已经记上。不去了可以点开取消。",
		en: "The leader has written down your sign-up for “{task}” ({start}, {place}). Open this to withdraw.",
	},
	NoticeWaitlisted: {
		titleZH: "群里的报名记上了", titleEN: "You are waiting", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "您在群里报名的“{task}”（{start}）已经满了，先记在候补里，有名额会告诉您。",
		en: "“{task}” ({start}), for which you signed up in the group, is full; you are on its waiting list and are told when a seat is free.",
	},
	NoticeSeatOffered: {
		titleZH: "候补有名额了", titleEN: "A seat for you", address: "/tasks/{task_id}?shift={shift_id}", important: true,
		zh: "您候补的“{task}”（{at}）空出一个名额，给您留到{until}，请点开答复。",
		en: "“{task}” ({at}) has a free seat; it is kept for you until {until}. Open this to answer.",
	},
	NoticeSeatFree: {
		titleZH: "候补有名额了", titleEN: "A seat is free", address: "/tasks/{task_id}?shift={shift_id}", important: true,
		zh: "您候补的“{task}”（{start}）空出名额，候补的人都收到了消息，先接受的先得，点开就能接受。",
		en: "“{task}” ({start}) has a free seat. All who wait were told; the first to accept has it. Open this to accept.",
	},
	NoticeSeatLapsed: {
		titleZH: "名额给了下一位", titleEN: "The seat went on", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "“{task}”（{start}）给您留的名额，到时间没有收到答复，已经让给下一位。还想参加，点开可以重新排候补。",
		en: "“{task}” ({start}): the seat kept for you was not answered in time and went to the next. Open this to wait again.",
	},
	NoticeInvited: {
		titleZH: "请您参加", titleEN: "An invitation", address: "/tasks/{task_id}?shift={shift_id}",
		zh: "{person}请您参加“{task}”（{start}，{place}）。去不去由您，点开一下就能报名或谢绝。",
		en: "{person} invites you to “{task}” ({start}, {place}). It is up to you; open this to sign up or decline.",
	},
	NoticeJoinAsked: {
		titleZH: "请你们联办", titleEN: "Will you join?", address: "/tasks/{task_id}",
		zh: "{team}请你们队一起办“{task}”（{start}，{place}），点开答复。",
		en: "{team} asks your brigade to hold “{task}” together ({start}, {place}). Open this to answer.",
	},
	NoticeJoined: {
		titleZH: "一起办了", titleEN: "They join", address: "/tasks/{task_id}",
		zh: "{team}同意一起办“{task}”。她们的队员来了，时长记在她们队上。",
		en: "{team} joins “{task}”. The hours of their members are credited to them.",
	},
	NoticeNotJoined: {
		titleZH: "这次不联办", titleEN: "They do not join", address: "/tasks/{task_id}",
		zh: "{team}这次不参加联办“{task}”，活动照常进行。",
		en: "{team} does not join “{task}” this time; it takes place as planned.",
	},
	NoticeJoinWithdrawn: {
		titleZH: "联办邀请收回", titleEN: "Invitation taken back", address: "/tasks/{task_id}",
		zh: "{team}收回了联办“{task}”的邀请。已经报名的队员仍可以参加。",
		en: "{team} has taken back the invitation to hold “{task}” together. Members who signed up may still come.",
	},
	NoticeTaskPaused: {
		titleZH: "活动暂停", titleEN: "Task paused", address: "/tasks/{task_id}", important: true,
		zh: "{start}的“{task}”暂停（{reason}），请先不要去；恢复时再通知您。",
		en: "“{task}” on {start} is paused ({reason}); please do not go, you will be told when it resumes.",
	},
	NoticeTaskResumed: {
		titleZH: "活动恢复", titleEN: "Task resumed", address: "/tasks/{task_id}", important: true,
		zh: "{start}的“{task}”恢复了，地点{place}，照常参加。",
		en: "“{task}” on {start} takes place after all: {place}.",
	},
	NoticeLedPaused: {
		titleZH: "您带的活动暂停", titleEN: "Your tasks are paused", address: "/today", important: true,
		zh: "您带的 {count} 场活动已由妇联暂停（{reason}）。报名的人都收到了通知；点开看要给谁打电话。",
		en: "The federation has paused {count} of your shifts ({reason}). Whoever signed up has been told; open this to see whom to call.",
	},
	NoticeLedResumed: {
		titleZH: "您带的活动恢复", titleEN: "Your tasks resume", address: "/today", important: true,
		zh: "您带的 {count} 场活动已经恢复，报名的人都收到了通知。",
		en: "{count} of your shifts take place after all; whoever signed up has been told.",
	},
	NoticePhotoTakenDown: {
		titleZH: "照片已撤下", titleEN: "A photo was taken down", address: "/tasks/{task_id}",
		zh: "妇联撤下了“{task}”的一张照片：{reason}。活动和时长不受影响。",
		en: "The federation took down a photo of “{task}”: {reason}. The activity and its hours are not affected.",
	},
	NoticeTrainingCompleted: {
		titleZH: "培训学完了", titleEN: "Class completed", address: "/mine/credentials",
		zh: "您学完了“{task}”，参训证明已经开好，点开可以保存。",
		en: "You have completed “{task}”. Your certificate of attendance is ready; open this to save it.",
	},
	NoticeAnomalyFound: {
		titleZH: "请您说明", titleEN: "A question", address: "/mine/questions",
		zh: "“{task}”的签到记录有一处系统看不明白，请点开说明一句。这不是处罚，时长不受影响，由妇联的人来看。",
		en: "Something in your record of “{task}” is not clear to the system; open this to say a sentence about it. It is no punishment and changes nothing; a person at the federation will look at it.",
	},
	NoticeAnomalyDecided: {
		titleZH: "核实结果", titleEN: "Verified", address: "/mine/questions",
		zh: "“{task}”的签到记录已经核实，点开可以看结果和理由。",
		en: "Your record of “{task}” has been verified; open this to see how and why.",
	},
	NoticeHoursConfirmed: {
		titleZH: "时长已确认", titleEN: "Hours confirmed", address: "/mine",
		zh: "{day} {minutes}，{role}已确认。活动：{task}。",
		en: "{day}: {minutes}, confirmed by the {role}. Task: {task}.",
	},
}
