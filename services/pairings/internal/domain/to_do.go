package domain

import "time"

// ToDoKind is what waits for somebody.
type ToDoKind string

// What waits for a companion parent.
const (
	ToDoAsked ToDoKind = "asked" // proposed pairings that wait for her answer
	ToDoMeet  ToDoKind = "meet"
	ToDoCall  ToDoKind = "call"
)

// What waits for officers, on the page that shows it.
const (
	ToDoConcerns  ToDoKind = "concerns"   // that nobody has, or that the reader has
	ToDoContacts  ToDoKind = "contacts"   // to be confirmed
	ToDoSilence   ToDoKind = "silence"    // pairings that have climbed the ladder
	ToDoAnswers   ToDoKind = "answers"    // pairings that wait for another officer's yes
	ToDoTrials    ToDoKind = "trials"     // that end soon
	ToDoPurposes  ToDoKind = "purposes"   // that another officer asked for
	ToDoExports   ToDoKind = "exports"    // the same
	ToDoApplied   ToDoKind = "applied"    // who wants to be a companion parent
	ToDoEvidences ToDoKind = "evidences"  // of companion parents that end soon, or ended
	ToDoAidVisits ToDoKind = "aid_visits" // of helpers, to be confirmed
)

// ToDo is how much of one kind waits. It is a count: nothing says of whom.
type ToDo struct {
	Kind  ToDoKind
	Count int
	Due   time.Time // by when the first is due; zero: no day is set
	Late  bool      // one of them is
}

// ComingUp is how long before its end a week or month is spoken of, if nobody was called
// or met in it.
const ComingUp = 7 * 24 * time.Hour

// RenewSoon is how long before its end evidence has to be renewed: the first reminder.
var RenewSoon = time.Duration(reminderDays[0]) * 24 * time.Hour
