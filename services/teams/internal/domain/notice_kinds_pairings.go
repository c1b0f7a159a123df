package domain

// What pairings tells.
const (
	NoticeVaultBroken            NoticeKind = "vault.broken"             // to officers in charge
	NoticeConsentGiven           NoticeKind = "consent.given"            // to who has the case
	NoticeConsentRefused         NoticeKind = "consent.refused"          // the same
	NoticeConsentWithdrawn       NoticeKind = "consent.withdrawn"        // the same
	NoticeCompanionApplied       NoticeKind = "companion.applied"        // to child-care officers
	NoticeCompanionApproved      NoticeKind = "companion.approved"       // to the volunteer
	NoticeCompanionRefused       NoticeKind = "companion.refused"        // the same
	NoticeCompanionEnding        NoticeKind = "companion.ending"         // the same
	NoticeCompanionEndingDesk    NoticeKind = "companion.ending.desk"    // to child-care officers
	NoticeCompanionSuspended     NoticeKind = "companion.suspended"      // to the volunteer
	NoticeCompanionSuspendedDesk NoticeKind = "companion.suspended.desk" // to child-care officers
	NoticeContactOverdue         NoticeKind = "contact.overdue"          // to the volunteer
	NoticeContactSilent          NoticeKind = "contact.silent"           // to who leads the brigade, and officers
	NoticeContactSilentLate      NoticeKind = "contact.silent.late"      // the same, where rungs were passed over
	NoticeContactRefused         NoticeKind = "contact.refused"          // to the volunteer
	NoticeContactCounted         NoticeKind = "contact.counted"          // the same

	NoticeConcernRaised   NoticeKind = "concern.raised"   // to child-care officers
	NoticeConcernOverdue  NoticeKind = "concern.overdue"  // the same
	NoticeConcernNobody   NoticeKind = "concern.nobody"   // to administrators
	NoticeConcernReporter NoticeKind = "concern.reporter" // to child-care officers
	NoticeConcernChild    NoticeKind = "concern.child"    // the same

	NoticePairingProposed   NoticeKind = "pairing.proposed"    // to the volunteer
	NoticePairingDecide     NoticeKind = "pairing.decide"      // to child-care officers
	NoticePairingGuardian   NoticeKind = "pairing.guardian"    // to who has the case
	NoticePairingDeclined   NoticeKind = "pairing.declined"    // to who proposed, and who has the case
	NoticePairingBegun      NoticeKind = "pairing.begun"       // to the volunteer
	NoticePairingBegunDesk  NoticeKind = "pairing.begun.desk"  // to who proposed, and who has the case
	NoticePairingActive     NoticeKind = "pairing.active"      // to the volunteer
	NoticePairingReview     NoticeKind = "pairing.review"      // to who supervises
	NoticePairingPaused     NoticeKind = "pairing.paused"      // to the volunteer
	NoticePairingPausedDesk NoticeKind = "pairing.paused.desk" // to who supervises
	NoticePairingResumed    NoticeKind = "pairing.resumed"     // to both
	NoticePairingClosed     NoticeKind = "pairing.closed"      // to the volunteer
	NoticePairingClosedDesk NoticeKind = "pairing.closed.desk" // to who supervised, and who has the case
	NoticePairingSupervise  NoticeKind = "pairing.supervise"   // to who looks after one from now on
	NoticePairingNobody     NoticeKind = "pairing.nobody"      // to child-care officers
	NoticeAidAsked          NoticeKind = "aid.asked"           // to the volunteer
	NoticeAidAgreed         NoticeKind = "aid.agreed"          // to who has the family's case
	NoticeAidDeclined       NoticeKind = "aid.declined"        // the same
	NoticeAidPlanned        NoticeKind = "aid.planned"         // to officers who may decide
	NoticeAidSentBack       NoticeKind = "aid.sent_back"       // to who has the family's case
	NoticeAidRunning        NoticeKind = "aid.running"         // to the helper
	NoticeAidEnded          NoticeKind = "aid.ended"           // to the helper
	NoticeAidHelperGone     NoticeKind = "aid.helper.gone"     // to who has the family's case
	NoticeAidVisitRefused   NoticeKind = "aid.visit.refused"   // to the helper
	NoticeAidReview         NoticeKind = "aid.review"          // to who has the family's case
	NoticeAidReviewLate     NoticeKind = "aid.review.late"     // the same, and an administrator

	NoticeWishDrafted  NoticeKind = "wish.drafted"  // to officers
	NoticeWishClaimed  NoticeKind = "wish.claimed"  // to who wrote it down
	NoticeWishReturned NoticeKind = "wish.returned" // to who had claimed it
)

// pairingsKinds are told by pairings. None says who a child is.
var pairingsKinds = map[NoticeKind]noticeKind{
	NoticeVaultBroken: {
		titleZH: "有人紧急查看了档案", titleEN: "A record was opened in an emergency", address: "/console/purposes",
		zh: "{by}刚才紧急查看了一份儿童档案，一小时内有效。写的事由：{reason}。请点开看一看是否妥当。",
		en: "{by} has just opened a child's record in an emergency, for an hour. The reason given: {reason}. Please open this and see whether that is right.",
	},
	NoticeConsentGiven: {
		titleZH: "监护人同意了", titleEN: "A guardian agreed", address: "/console/children",
		zh: "您负责的一份儿童档案，监护人刚才用链接表示同意。下一步：听听孩子自己的意愿。",
		en: "A guardian has just agreed by her link, in one of your cases. What comes next is to ask the child.",
	},
	NoticeConsentRefused: {
		titleZH: "监护人没有同意", titleEN: "A guardian did not agree", address: "/console/children",
		zh: "您负责的一份儿童档案，监护人刚才用链接表示不同意。档案会按期清除，不用再联系家里。",
		en: "A guardian has just said no by her link, in one of your cases. The record is erased when its time is over; there is no need to ask again.",
	},
	NoticeConsentWithdrawn: {
		titleZH: "监护人撤回了同意", titleEN: "A guardian took her consent back", address: "/console/children",
		zh: "您负责的一份儿童档案，监护人刚才撤回了同意。档案已经对别人关闭，请您办好后面的事。",
		en: "A guardian has just taken back her consent, in one of your cases. The record is closed to others; please see to what is left.",
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
	NoticeConcernRaised: {
		titleZH: "有一条情况要马上处理", titleEN: "Something needs you at once", address: "/console/concerns", important: true,
		zh: "第 {number} 号情况刚刚收到，需要马上处理。请点开，先点“我来办”。",
		en: "Number {number} has just come in and needs somebody at once. Please open this and take it.",
	},
	NoticeConcernOverdue: {
		titleZH: "还没有报告", titleEN: "Not reported yet", address: "/console/concerns", important: true,
		zh: "第 {number} 号情况到现在还没有报告给有关部门。请马上点开处理。",
		en: "No authority knows of number {number} yet. Please open this and act now.",
	},
	NoticeConcernNobody: {
		titleZH: "没有人能处理", titleEN: "Nobody can act", address: "/console/settings", important: true,
		zh: "收到第 {number} 号情况，但是当地没有儿童关爱负责人。请马上授权一位。",
		en: "Number {number} came in, and there is no child-care officer for that place. Please appoint one at once.",
	},
	NoticeConcernReporter: {
		titleZH: "有人查看了报告人", titleEN: "Somebody was shown who raised it", address: "/console/concerns",
		zh: "{by}查看了第 {number} 号情况是谁报告的，事由写在办理记录里。请看一看是否妥当。",
		en: "{by} was shown who raised number {number}; the reason is in the record. Please see whether that is right.",
	},
	NoticeConcernChild: {
		titleZH: "有人为一条情况打开了档案", titleEN: "Somebody opened a record for a concern", address: "/console/concerns",
		zh: "{by}为第 {number} 号情况对上了一份孩子的档案，从现在起可以看。请看一看是不是同一个孩子。",
		en: "{by} said which child's record number {number} is about and may read it from now on. Please see whether it is that child.",
	},
	NoticeContactOverdue: {
		titleZH: "结对陪伴", titleEN: "Keeping company", address: "/contacts",
		zh: "到{day}，这一期还没有{duty}的记录。已经联系过的，点开记一下；有难处，告诉督导人，她来帮您想办法。",
		en: "There is no {duty} on record up to {day}. If you have been in touch, please open this and note it; if something is difficult, your supervisor helps.",
	},
	NoticeContactSilent: {
		titleZH: "结对联系不上了", titleEN: "A companion parent is silent", address: "/console/contacts",
		zh: "{person}的结对到{day}没有{duty}的记录，一直没有补上。请打个电话问问。",
		en: "{person} has no {duty} on record up to {day}, and none since. Please call and ask.",
	},
	NoticeContactSilentLate: {
		titleZH: "结对联系不上了", titleEN: "A companion parent is silent", address: "/console/contacts",
		zh: "{person}的结对到{day}没有{duty}的记录，一直没有补上。系统停过，中间有 {skipped} 级没有提醒到，请您先打个电话问问。",
		en: "{person} has no {duty} on record up to {day}, and none since. The system had stopped: {skipped} earlier rungs were not told. Please call and ask.",
	},
	NoticeContactRefused: {
		titleZH: "有一条记录没有算", titleEN: "A record does not count", address: "/contacts",
		zh: "您{day}的结对联系记录没有算：{why}。有疑问，请联系督导人。",
		en: "Your record of {day} does not count: {why}. Please ask your supervisor if you have questions.",
	},
	NoticeContactCounted: {
		titleZH: "有一条记录改了时长", titleEN: "A record counts for other minutes", address: "/mine",
		zh: "您{day}的结对联系记了 {recorded} 分钟，按 {counted} 分钟算：{why}。不同意，在我的时长里点开这一条，点“时间不对”。",
		en: "Your record of {day} says {recorded} minutes and counts for {counted}: {why}. If you do not agree, open its line among your hours and say that the time is wrong.",
	},
	NoticePairingProposed: {
		titleZH: "想请您陪伴一个孩子", titleEN: "You are asked to keep a child company", address: "/pairings",
		zh: "有一个孩子，我们觉得您很合适。点开看看，愿不愿意都请告诉我们。", en: "There is a child whom you may suit. Please open this and say whether you would like to.",
	},
	NoticePairingDecide: {
		titleZH: "有一份结对等您看", titleEN: "A pairing waits for you", address: "/console/pairings",
		zh: "{person}被提议和一个孩子结对，要由另一位负责人看一看再同意。请点开。", en: "{person} is proposed for a child; another officer has to agree. Please open this.",
	},
	NoticePairingGuardian: {
		titleZH: "请问问监护人的意思", titleEN: "Please ask the guardian", address: "/console/pairings",
		zh: "您负责的一个孩子有了结对的人选：{person}。请问问监护人同不同意，再登记。", en: "{person} is proposed for a child whose case you have. Please ask the guardian, and record the answer.",
	},
	NoticePairingDeclined: {
		titleZH: "结对没有成", titleEN: "A pairing was declined", address: "/console/pairings",
		zh: "{person}的一份结对没有成。请点开看看是谁没有同意，另外找人。", en: "A pairing of {person} was declined. Please open this to see by whom, and look for somebody else.",
	},
	NoticePairingBegun: {
		titleZH: "结对开始了", titleEN: "Your pairing begins", address: "/pairings",
		zh: "三方都同意了，先陪伴三个月看看合不合适。点开看怎么联系孩子家里。谢谢您。", en: "All have agreed; the first three months are a trial. Open this to see how to reach the family. Thank you.",
	},
	NoticePairingBegunDesk: {
		titleZH: "结对开始了", titleEN: "A pairing begins", address: "/console/pairings",
		zh: "{person}的一份结对三方都同意了，试行期开始。", en: "All have agreed to a pairing of {person}; its trial begins.",
	},
	NoticePairingActive: {
		titleZH: "试行期过了", titleEN: "The trial went well", address: "/pairings",
		zh: "您和孩子的结对转为正式了。谢谢您一直在。", en: "Your pairing goes on. Thank you for being there.",
	},
	NoticePairingReview: {
		titleZH: "试行期要看一看了", titleEN: "A trial is to be reviewed", address: "/console/pairings",
		zh: "{person}的一份结对试行到{day}。请和孩子、家里、志愿者都聊聊，再决定是否继续。", en: "The trial of a pairing of {person} ends: {day}. Please talk with child, family and volunteer, and decide whether it goes on.",
	},
	NoticePairingPaused: {
		titleZH: "结对先暂停", titleEN: "Your pairing pauses", address: "/pairings",
		zh: "您的一份结对先暂停了，这段时间不用联系孩子。什么时候继续，会再告诉您。", en: "One of your pairings pauses; please do not get in touch for now. We tell you when it goes on.",
	},
	NoticePairingPausedDesk: {
		titleZH: "一份结对暂停了", titleEN: "A pairing pauses", address: "/console/pairings",
		zh: "{person}的一份结对暂停了。请点开看看孩子这段时间谁来陪。", en: "A pairing of {person} pauses. Please open this and see who keeps the child company meanwhile.",
	},
	NoticePairingResumed: {
		titleZH: "结对继续", titleEN: "A pairing goes on", address: "/pairings",
		zh: "{person}的一份结对继续了。", en: "A pairing of {person} goes on.",
	},
	NoticePairingClosed: {
		titleZH: "结对结束了", titleEN: "A pairing has ended", address: "/pairings",
		zh: "您的一份结对结束了，孩子的资料不再显示。有疑问请问督导人。谢谢您的陪伴；孩子的事，以后也请保密。", en: "One of your pairings has ended, and nothing of the child is shown any more. Please ask the supervisor if you have questions. Thank you; and please keep what you know to yourself.",
	},
	NoticePairingClosedDesk: {
		titleZH: "一份结对结束了", titleEN: "A pairing has ended", address: "/console/pairings",
		zh: "{person}的一份结对结束了。请点开看看还有什么要办。", en: "A pairing of {person} has ended. Please open this to see what is left to do.",
	},
	NoticePairingSupervise: {
		titleZH: "这份结对现在由您督导", titleEN: "You look after a pairing now", address: "/console/pairings",
		zh: "{person}的一份结对从现在起由您督导。请点开看看。", en: "You look after a pairing of {person} from now on. Please open this.",
	},
	NoticePairingNobody: {
		titleZH: "有一份结对没有督导人", titleEN: "Nobody looks after a pairing", address: "/console/pairings",
		zh: "{person}的一份结对，督导人和代理督导人都不在了。请点开另外指定。", en: "Supervisor and deputy of a pairing of {person} are gone. Please open this and name others.",
	},
	NoticeAidAsked: {
		titleZH: "有一户人家想请您帮一把", titleEN: "A family could use your help", address: "/aid",
		zh: "妇联想请您结对帮扶一户人家。点开看看，愿不愿意都可以。",
		en: "The federation would like to ask you to stand by a family. Please open this and say yes or no, as you like.",
	},
	NoticeAidAgreed: {
		titleZH: "帮扶人答应了", titleEN: "The helper said yes", address: "/console/aid",
		zh: "{person}答应做帮扶人。方案批准以后就可以开始。",
		en: "{person} agreed to help. It can begin when the plan is approved.",
	},
	NoticeAidDeclined: {
		titleZH: "帮扶人没有答应", titleEN: "The helper said no", address: "/console/aid",
		zh: "{person}这次不方便帮扶，请另外安排。",
		en: "{person} cannot help this time; please ask somebody else.",
	},
	NoticeAidPlanned: {
		titleZH: "有帮扶方案等您批准", titleEN: "A plan waits for you", address: "/console/aid",
		zh: "有一份帮扶方案写好了，要由另一位负责人批准。请点开看看。",
		en: "A plan for helping a family is ready and needs another officer's approval. Please open this.",
	},
	NoticeAidSentBack: {
		titleZH: "帮扶方案退回", titleEN: "A plan came back", address: "/console/aid",
		zh: "您写的一份帮扶方案没有批准，请点开看原因，改好再报。",
		en: "A plan of yours was not approved; please open this, see why, and change it.",
	},
	NoticeAidRunning: {
		titleZH: "帮扶开始了", titleEN: "Helping has begun", address: "/aid",
		zh: "结对帮扶方案已经批准，可以开始了。谢谢您。",
		en: "The plan is approved and helping can begin. Thank you.",
	},
	NoticeAidEnded: {
		titleZH: "这件帮扶结束了", titleEN: "This has ended", address: "/aid",
		zh: "您的一件结对帮扶已经结束。谢谢您陪他们走过这一段。",
		en: "One of the families you stood by needs it no more, or it has ended otherwise. Thank you.",
	},
	NoticeAidHelperGone: {
		titleZH: "一位帮扶人注销了", titleEN: "A helper is gone", address: "/console/aid",
		zh: "您负责的一件帮扶，帮扶人注销了账号，帮扶已经结束。请另外安排一位。",
		en: "The helper of one of your cases has erased her account, so it has ended. Please ask somebody else.",
	},
	NoticeAidVisitRefused: {
		titleZH: "有一次走访没有算", titleEN: "A visit does not count", address: "/aid",
		zh: "您{day}的走访没有计入时长：{why}。有疑问，请联系当地妇联。",
		en: "Your visit of {day} does not count for hours: {why}. Please ask your federation if you have questions.",
	},
	NoticeAidReview: {
		titleZH: "有帮扶要季度评估", titleEN: "A quarter is to be reviewed", address: "/console/aid",
		zh: "您负责的一件帮扶要做季度评估，截止：{day}。",
		en: "One of your cases is to be reviewed for the quarter that ends: {day}.",
	},
	NoticeAidReviewLate: {
		titleZH: "季度评估还没有做", titleEN: "A review is late", address: "/console/aid",
		zh: "有一件帮扶的季度评估过了两周还没有做，原定：{day}。请点开看看。",
		en: "A case has not been reviewed for the quarter that ended: {day}. Please open this.",
	},
	NoticeWishDrafted: {
		titleZH: "有微心愿等您核对", titleEN: "A wish waits for your eyes", address: "/console/wishes",
		zh: "有一个微心愿写好了。请看里面有没有姓名、住址这些能认出人的字，没有就可以公开。",
		en: "A wish was written down: please see that its words say nothing of who it is; then they can be public.",
	},
	NoticeWishClaimed: {
		titleZH: "有人认领了微心愿", titleEN: "A wish was claimed", address: "/console/wishes",
		zh: "“{words}”有人认领了，{day}前送到。请联系认领人。",
		en: "Somebody will fulfil “{words}” before this day: {day}. Please get in touch.",
	},
	NoticeWishReturned: {
		titleZH: "微心愿到期了", titleEN: "Time is over", address: "/wishes",
		zh: "您认领的“{words}”到期还没有送到，已经交给别人来圆。谢谢您的心意。",
		en: "“{words}”, which you claimed, was not fulfilled in time and is open to others again. Thank you all the same.",
	},
}
