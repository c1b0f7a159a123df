package domain

// KnownActivity is what tasks told of a shift whose roster was confirmed.
type KnownActivity struct {
	ShiftID       string
	TaskID        string
	TeamID        string
	ProgrammeID   string
	RegionPath    string
	ReportingUnit string
	Kind          Kind // Service or Training
	Title         string
	Day           Day
	Confirmed     int // attendances
	PeopleServed  int
	Version       int64
}

// KnownBrigade is what teams told of a brigade's coming and going.
type KnownBrigade struct {
	TeamID        string
	RegionPath    string
	ReportingUnit string
	State         string // draft | submitted | active | suspended | dissolved
	StateSince    Day
	FoundedOn     Day
	Version       int64
}
