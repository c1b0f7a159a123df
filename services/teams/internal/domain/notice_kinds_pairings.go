package domain

// What pairings tells.
const (
	NoticeVaultBroken            NoticeKind = "vault.broken"             // to officers in charge
	NoticeCompanionApplied       NoticeKind = "companion.applied"        // to child-care officers
	NoticeCompanionApproved      NoticeKind = "companion.approved"       // to the volunteer
	NoticeCompanionRefused       NoticeKind = "companion.refused"        // the same
	NoticeCompanionEnding        NoticeKind = "companion.ending"         // the same
	NoticeCompanionEndingDesk    NoticeKind = "companion.ending.desk"    // to child-care officers
	NoticeCompanionSuspended     NoticeKind = "companion.suspended"      // to the volunteer
	NoticeCompanionSuspendedDesk NoticeKind = "companion.suspended.desk" // to child-care officers
)

// pairingsKinds are told by pairings. None says who a child is.
var pairingsKinds = map[NoticeKind]noticeKind{
	NoticeVaultBroken: {
		titleZH: "有人紧急查看了档案", titleEN: "A record was opened in an emergency", address: "/console/purposes",
		zh: "{by}刚才紧急查看了一份儿童档案，一小时内有效。写的事由：{reason}。请点开看一看是否妥当。",
		en: "{by} has just opened a child's record in an emergency, for an hour. The reason given: {reason}. Please open this and see whether that is right.",
	},
	NoticeCompanionApplied: {
		titleZH: "有人申请做代理家长", titleEN: "Somebody wants to be a companion parent", address: "/console/companions",
		zh: "{person}申请做代理家长。请点开看看还差什么。",
		en: "{person} has applied to be a companion parent. Please open this to see what is missing.",
	},
	NoticeCompanionApproved: {
		titleZH: "代理家长", titleEN: "Companion parent", address: "/companion",
		zh: "您现在是代理家长了。有合适的孩子，儿童关爱负责人会先来问您愿不愿意。谢谢您。",
		en: "You are a companion parent now. When a child waits who may suit, a child-care officer asks you first. Thank you.",
	},
	NoticeCompanionRefused: {
		titleZH: "代理家长", titleEN: "Companion parent", address: "/companion",
		zh: "您的代理家长申请这次没有继续。原因点开可以看到；有疑问，请联系当地妇联。谢谢您的心意。",
		en: "Your application as a companion parent does not go on. Open this to see why; please ask your federation if you have questions. Thank you.",
	},
	NoticeCompanionEnding: {
		titleZH: "快到期了", titleEN: "Something ends soon", address: "/companion",
		zh: "您做代理家长的“{gate}”{day}到期，请在这之前更新。到期没有更新，会先暂停，更新后自动恢复。",
		en: "Your “{gate}” as a companion parent ends: {day}. Please renew it before; otherwise you pause until it is renewed.",
	},
	NoticeCompanionEndingDesk: {
		titleZH: "快到期了", titleEN: "Something ends soon", address: "/console/companions",
		zh: "代理家长{person}的“{gate}”{day}到期，请安排更新。",
		en: "“{gate}” of the companion parent {person} ends: {day}. Please have it renewed.",
	},
	NoticeCompanionSuspended: {
		titleZH: "先暂停一下", titleEN: "You pause for now", address: "/companion",
		zh: "您做代理家长的“{gate}”需要更新，现在先暂停；更新后自动恢复。点开看看要做什么。",
		en: "“{gate}” has to be renewed, so you pause as a companion parent until it is. Open this to see what to do.",
	},
	NoticeCompanionSuspendedDesk: {
		titleZH: "代理家长暂停了", titleEN: "A companion parent pauses", address: "/console/companions",
		zh: "代理家长{person}的“{gate}”到期或者失效，已自动暂停。请点开处理。",
		en: "“{gate}” of the companion parent {person} has ended; they pause. Please open this.",
	},
}
