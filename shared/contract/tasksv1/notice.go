package tasksv1

import "time"

// NoticeKind says what sort of news a NoticeDue is; how each reads is decided by
// teams, whose inbox it goes to.
type NoticeKind string

// The kinds.
const (
	NoticeTaskCancelled NoticeKind = "task.cancelled"
	NoticeTaskChanged   NoticeKind = "task.changed"
	NoticeTaskPaused    NoticeKind = "task.paused"  // also needs reason
	NoticeTaskResumed   NoticeKind = "task.resumed" // as it was
	NoticeLedPaused     NoticeKind = "led.paused"   // to those who lead the team, once for all its shifts; also needs reason, count
	NoticeLedResumed    NoticeKind = "led.resumed"  // the same; also needs count

	NoticeCheckOutsForgotten NoticeKind = "attendance.forgotten" // to those who lead the team; count
	NoticeHoursDeclared      NoticeKind = "attendance.declared"  // to those who lead the team; person
	NoticeConfirmOne         NoticeKind = "attendance.confirm"   // to whoever is to confirm one person's hours; person
	NoticePhotoTakenDown     NoticeKind = "photo.taken_down"     // to those who lead the team, when their office did it; reason
	NoticeAnomalyFound       NoticeKind = "anomaly.found"        // to whom it is about
	NoticeAnomalyDecided     NoticeKind = "anomaly.decided"      // likewise
	NoticeTomorrow           NoticeKind = "shift.tomorrow"       // the evening before
	NoticeSoon               NoticeKind = "shift.soon"           // two hours before
	NoticeWithdrawnLate      NoticeKind = "sign_up.late"         // to those who lead the team; person
	NoticeSwapped            NoticeKind = "swap.taken"           // to those who lead the team; person has the seat of by
	NoticeSeatTaken          NoticeKind = "swap.seat_taken"      // to whoever made the link
	NoticeSeatExchanged      NoticeKind = "swap.exchanged"       // likewise, who has a seat in this shift of the task instead
	NoticeSwapUndone         NoticeKind = "swap.undone"          // to both
	NoticeSignedUp           NoticeKind = "sign_up.entered"      // a leader wrote down what this person said in the group
	NoticeWaitlisted         NoticeKind = "sign_up.waits"        // the same, and the shift was full
	NoticeSeatOffered        NoticeKind = "seat.offered"         // on a waiting list: one is kept for this person; at: the start, until: until when
	NoticeInvited            NoticeKind = "shift.invited"        // a leader invites a member; person: who
	NoticeJoinAsked          NoticeKind = "task.join_asked"      // to those who lead a brigade that is asked to join; team: who asks
	NoticeJoined             NoticeKind = "task.joined"          // to those who lead the team: team joined
	NoticeNotJoined          NoticeKind = "task.not_joined"      // likewise: team declined, or left
	NoticeJoinWithdrawn      NoticeKind = "task.join_withdrawn"  // to those who lead a brigade that was asked: team took it back
	NoticeTrainingCompleted  NoticeKind = "training.completed"   // the certificate of attendance is there
	NoticeSeatFree           NoticeKind = "seat.free"            // on a waiting list: one is free for the first who takes it
	NoticeSeatLapsed         NoticeKind = "seat.lapsed"          // the one that was kept for this person went on to the next
)

// NoticeDue says that somebody is to be told something about a shift. Teams
// puts it into words and into the person's inbox, once however often it is
// heard, and sends it to the phone when it matters now.
type NoticeDue struct {
	NoticeID    string            `json:"notice_id"`
	Kind        NoticeKind        `json:"kind"`
	VolunteerID string            `json:"volunteer_id"`
	ShiftID     string            `json:"shift_id"`
	Words       map[string]string `json:"words"` // what the sentence may need: task, task_id, shift_id, start, place and what else the kind has; people by id only
	DueAt       time.Time         `json:"due_at"`
}

// Subject is where this event is published.
func (NoticeDue) Subject() string { return "tasks.v1.notice.due" }

// Aggregate returns the notice's id; it never changes.
func (e NoticeDue) Aggregate() (string, int64) { return "notice/" + e.NoticeID, 1 }
