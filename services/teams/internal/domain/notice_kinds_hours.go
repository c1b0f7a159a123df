package domain

// What hours tells.
const (
	NoticeCorrectionAsked     NoticeKind = "correction.asked"     // to those who may decide
	NoticeCorrectionRose      NoticeKind = "correction.rose"      // to those who may decide now
	NoticeCorrectionOpened    NoticeKind = "correction.opened"    // to the volunteer
	NoticeCorrectionAccepted  NoticeKind = "correction.accepted"  // to who asked, the volunteer, and those who lead the team
	NoticeCorrectionRefused   NoticeKind = "correction.refused"   // the same
	NoticeCertificateAsked    NoticeKind = "certificate.asked"    // to those who may issue it
	NoticeCertificateIssued   NoticeKind = "certificate.issued"   // to the volunteer
	NoticeCertificateReplaced NoticeKind = "certificate.replaced" // the same
	NoticeCertificateRevoked  NoticeKind = "certificate.revoked"  // the same
	NoticeStarReached         NoticeKind = "star.reached"         // the same
	NoticeCreditHeld          NoticeKind = "credit.held"          // the same
	NoticeCreditDecided       NoticeKind = "credit.decided"       // the same
	NoticeCorrectionTaken     NoticeKind = "correction.taken"     // to the volunteer
	NoticeHistorySubmitted    NoticeKind = "history.submitted"    // to those who may decide
	NoticeHistoryReturned     NoticeKind = "history.returned"     // to who entered it
	NoticeHistoryApproved     NoticeKind = "history.approved"     // the same
	NoticeHistoryCredited     NoticeKind = "history.credited"     // to the volunteer
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
	NoticeStarReached: {
		titleZH: "星级志愿者", titleEN: "A star", address: "/mine",
		zh: "您已生效的服务时长达到{minutes}，现在是{level}星级志愿者。谢谢您。",
		en: "Your settled hours of service have come to {minutes}: you are a {level}-star volunteer now. Thank you.",
	},
	NoticeCreditHeld: {
		titleZH: "时长在核对", titleEN: "Hours are looked at", address: "/mine",
		zh: "您{day}在“{task}”的时长，和已经记了的另一次时间重叠。同一段时间只记一次，妇联核对以后再记，不会丢。",
		en: "{day}: your hours of “{task}” were at the same time as others that count already. The office compares both; nothing is lost.",
	},
	NoticeCreditDecided: {
		titleZH: "时长核对好了", titleEN: "Hours were looked at", address: "/mine",
		zh: "您{day}在“{task}”的时长核对好了。记了多少，或者为什么没有记，点开可以看到。",
		en: "{day}: your hours of “{task}” were looked at. Open this to see what counts, or why not.",
	},
	NoticeHistorySubmitted: {
		titleZH: "历史时长等您核对", titleEN: "History waits for you", address: "/console/history/{import_id}",
		zh: "{team}交来登记簿上的{count}条历史时长，请对着登记簿照片核对。",
		en: "{team} handed in {count} rows out of its paper register; please look at them beside the pictures.",
	},
	NoticeHistoryReturned: {
		titleZH: "历史时长退回了", titleEN: "History was sent back", address: "/teams/{team_id}/history",
		zh: "您录入的{team}历史时长被退回，原因点开可以看到。改好再交就行。",
		en: "The history that you entered for {team} was sent back. Open this to see why, put it right and hand it in again.",
	},
	NoticeHistoryApproved: {
		titleZH: "历史时长核对好了", titleEN: "History was approved", address: "/teams/{team_id}/history",
		zh: "您录入的{team}历史时长核对好了，记了{count}条。",
		en: "The history that you entered for {team} was approved; {count} rows count.",
	},
	NoticeHistoryCredited: {
		titleZH: "历史时长", titleEN: "Hours from before", address: "/mine",
		zh: "{team}的纸质登记簿上有您的{count}条时长，共{minutes}，已经记下，单独列在“历史时长”。不对的话，点开那一条就能提出。",
		en: "{count} entries of yours, {minutes} in all, came out of the paper register of {team}. They stand apart as history; if one is wrong, open it and say so.",
	},
	NoticeCertificateAsked: {
		titleZH: "有人申请证明", titleEN: "A certificate is asked for", address: "/console/certificates",
		zh: "有志愿者申请志愿服务记录证明，请到“证明”里点一下出具。",
		en: "A volunteer asks for a certificate of service; please open Certificates and issue it.",
	},
	NoticeCertificateIssued: {
		titleZH: "证明已开好", titleEN: "Your certificate is ready", address: "/mine/certificates",
		zh: "您的志愿服务记录证明开好了，编号{number}。点开可以保存；要盖章，请联系出具单位。",
		en: "Your certificate of service {number} is ready. Open this to save it; for the seal please ask the office.",
	},
	NoticeCertificateReplaced: {
		titleZH: "证明已更换", titleEN: "Your certificate was replaced", address: "/mine/certificates",
		zh: "您的志愿服务记录证明换了新的，新编号{number}。旧的纸不再有效，请用新的。",
		en: "Your certificate of service was replaced by {number}. The old paper counts no more; please use the new one.",
	},
	NoticeCertificateRevoked: {
		titleZH: "证明已撤销", titleEN: "Your certificate was revoked", address: "/mine/certificates",
		zh: "您的志愿服务记录证明{number}已撤销，不再有效。原因点开可以看到；不同意，请联系出具单位。",
		en: "Your certificate of service {number} was revoked and counts no more. Open this to read why; if you do not agree, please contact the office.",
	},
}
