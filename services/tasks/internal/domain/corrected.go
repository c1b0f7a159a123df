package domain

import "time"

// Corrected says that the ledger's line of a confirmed attendance was corrected:
// what it is worth now is the hours service's to say. Who confirmed it, and what
// it was worth then, stay as they were.
type Corrected struct {
	AttendanceID string
	Minutes      int // 0: nothing counts any more
	At           time.Time
}
