package domain

import "time"

// ClassRow is a class as the federation's list shows it.
type ClassRow struct {
	TaskID         string
	Title, Place   string
	TeamName       string
	RegionPath     string
	State          TaskState
	FirstStartsAt  time.Time
	LastStartsAt   time.Time
	Sessions       int // that take place
	Held           int // of these, confirmed
	SessionsNeeded int
	ClassFigures
	Grants string // code; empty: nothing
	Months int
}

// ClassFigures are what is counted of classes. Attended are confirmed presences
// of people on the roster, Others those who are not on it, as the leader
// counted them; together they are 参训人次.
type ClassFigures struct {
	Attended, Others, Minutes, Certificates int
}

// Add sums figures.
func (f *ClassFigures) Add(more ClassFigures) {
	f.Attended += more.Attended
	f.Others += more.Others
	f.Minutes += more.Minutes
	f.Certificates += more.Certificates
}
