package domain

// What hours tells.
const (
	NoticeCorrectionAsked    NoticeKind = "correction.asked"    // to those who may decide
	NoticeCorrectionRose     NoticeKind = "correction.rose"     // to those who may decide now
	NoticeCorrectionOpened   NoticeKind = "correction.opened"   // to the volunteer
	NoticeCorrectionAccepted NoticeKind = "correction.accepted" // to who asked, the volunteer, and those who lead the team
	NoticeCorrectionRefused  NoticeKind = "correction.refused"  // the same
	NoticeCorrectionTaken    NoticeKind = "correction.taken"    // to the volunteer
)

// hoursKinds are told by hours.
var hoursKinds = map[NoticeKind]noticeKind{
	NoticeCorrectionAsked: {
		titleZH: "请您看一看", titleEN: "Please look at this", address: "/corrections/{correction_id}",
		zh: "{day}“{task}”有一条时长，有人说不对。请点开决定，最晚{deadline}。",
		en: "{day}: somebody says that hours of “{task}” are not right. Please open this and decide by {deadline}.",
	},
	NoticeCorrectionRose: {
		titleZH: "请您看一看", titleEN: "Please look at this", address: "/corrections/{correction_id}",
		zh: "{day}“{task}”有一条时长，有人说不对，到期还没有人决定，现在转到您这里。请点开决定，最晚{deadline}。",
		en: "{day}: somebody says that hours of “{task}” are not right. Nobody decided in time, so it is yours now: please open this and decide by {deadline}.",
	},
	NoticeCorrectionOpened: {
		titleZH: "时长有人问", titleEN: "A question about your hours", address: "/corrections/{correction_id}",
		zh: "您{day}在“{task}”的时长，有人提出核对。时长没有变；谁来决定、最晚哪天，点开可以看到。",
		en: "{day}: somebody asked about your hours of “{task}”. Nothing has changed; open this to see who decides and by when.",
	},
	NoticeCorrectionAccepted: {
		titleZH: "时长已更正", titleEN: "Hours corrected", address: "/corrections/{correction_id}",
		zh: "{day}“{task}”的时长已更正。从多少改到多少、谁决定的、为什么，点开可以看到。",
		en: "{day}: hours of “{task}” were corrected. Open this to see from what to what, by whom and why.",
	},
	NoticeCorrectionRefused: {
		titleZH: "时长不改", titleEN: "Hours stay", address: "/corrections/{correction_id}",
		zh: "{day}“{task}”的时长核对过了，不改。谁决定的、为什么，点开可以看到。",
		en: "{day}: hours of “{task}” were looked at and stay as they are. Open this to see by whom and why.",
	},
	NoticeCorrectionTaken: {
		titleZH: "时长不用核对了", titleEN: "No question any more", address: "/corrections/{correction_id}",
		zh: "您{day}在“{task}”的时长，提出核对的人已经撤回，时长没有变。",
		en: "{day}: the question about your hours of “{task}” was taken back. Nothing has changed.",
	},
}
