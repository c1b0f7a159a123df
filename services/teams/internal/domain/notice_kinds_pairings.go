package domain

// What pairings tells.
const (
	NoticeVaultBroken NoticeKind = "vault.broken" // to officers in charge
)

// pairingsKinds are told by pairings. None says who a child is.
var pairingsKinds = map[NoticeKind]noticeKind{
	NoticeVaultBroken: {
		titleZH: "有人紧急查看了档案", titleEN: "A record was opened in an emergency", address: "/console/purposes",
		zh: "{by}刚才紧急查看了一份儿童档案，一小时内有效。写的事由：{reason}。请点开看一看是否妥当。",
		en: "{by} has just opened a child's record in an emergency, for an hour. The reason given: {reason}. Please open this and see whether that is right.",
	},
}
