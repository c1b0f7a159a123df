package domain

import (
	"slices"
	"strings"
	"time"
)

// Who decides about a question.
//
// What a volunteer asks is decided by those who lead the brigade, but for who
// confirmed the line; what anybody else asks, or what none of these may decide,
// by the federation: the nearest region, from the line's own upwards, that has
// an officer who may. What is not decided by its last day goes up, to the next
// region above that has one; at the top its officers are reminded. Nobody
// decides what they asked, or what is about themself, under whichever record.

// CorrectionTurn says whose it is to decide.
type CorrectionTurn string

// The turns.
const (
	TurnLeader CorrectionTurn = "leader" // those who lead the brigade
	TurnOffice CorrectionTurn = "office" // the federation of a region
)

// CorrectionPlace is where a question lies: with those who lead the brigade, or
// with the federation of a region.
type CorrectionPlace struct {
	Turn       CorrectionTurn
	OfficePath string // with TurnOffice; ends in a slash
}

// Officer is somebody who decides for a region, as its coordinator or administrator.
type Officer struct{ VolunteerID, RegionPath string }

// CorrectionDeciders is who may come to decide about one question.
type CorrectionDeciders struct {
	ConfirmedBy string    // of the line
	Leaders     []string  // of the brigade
	Officers    []Officer // of the line's region and above, the nearest first
	Persons     map[string]Person
}

// First returns where a new question lies, and who decides there.
func (d CorrectionDeciders) First(c Correction) (CorrectionPlace, []string) {
	place := CorrectionPlace{Turn: TurnLeader}
	if c.AskedAs == AsVolunteer {
		if who := d.At(c, place); len(who) > 0 {
			return place, who
		}
	}
	place = d.office(c, c.RegionPath)
	return place, d.At(c, place)
}

// Next returns where a question goes that was not decided in time, and who
// decides there. At the top it stays.
func (d CorrectionDeciders) Next(c Correction) (CorrectionPlace, []string) {
	below := c.RegionPath
	if c.Place.Turn == TurnOffice {
		below = above(c.Place.OfficePath)
	}
	place := c.Place
	if below != "" {
		place = d.office(c, below)
	}
	return place, d.At(c, place)
}

// At returns who may decide a question that lies there.
func (d CorrectionDeciders) At(c Correction, place CorrectionPlace) []string {
	var who []string
	if place.Turn == TurnLeader {
		for _, leader := range d.Leaders {
			if d.may(c, leader) == nil && !d.Persons[leader].Is(d.ConfirmedBy) {
				who = append(who, leader)
			}
		}
		return who
	}
	for _, o := range d.Officers {
		if o.RegionPath == place.OfficePath && d.may(c, o.VolunteerID) == nil && !slices.Contains(who, o.VolunteerID) {
			who = append(who, o.VolunteerID)
		}
	}
	return who
}

// office returns the nearest region, from path upwards, that has an officer who
// may decide; the highest of all when none has.
func (d CorrectionDeciders) office(c Correction, path string) CorrectionPlace {
	top := path
	for ; path != ""; path = above(path) {
		top = path
		if place := (CorrectionPlace{TurnOffice, path}); len(d.At(c, place)) > 0 {
			return place
		}
	}
	return CorrectionPlace{TurnOffice, top}
}

func (d CorrectionDeciders) may(c Correction, volunteerID string) error {
	return c.mayBe(d.Persons[volunteerID])
}

func (c Correction) mayBe(self Person) error {
	if self.Is(c.AskedBy) || self.Is(c.VolunteerID) {
		return ErrOwnCorrection
	}
	return nil
}

// CorrectionDecider is somebody who wants to decide about a question.
type CorrectionDecider struct {
	Self    Person
	Leads   bool     // the brigade
	Offices []string // paths of the regions for which they decide
}

// May returns nil when the question is theirs to decide now, the line being confirmed by confirmedBy.
func (d CorrectionDecider) May(c Correction, confirmedBy string) error {
	if err := c.mayBe(d.Self); err != nil {
		return err
	}
	if c.Place.Turn == TurnLeader {
		switch {
		case !d.Leads:
			return ErrNotYoursToDecide
		case d.Self.Is(confirmedBy):
			return ErrOwnConfirmation
		}
		return nil
	}
	if !slices.ContainsFunc(d.Offices, func(path string) bool { return strings.HasPrefix(c.Place.OfficePath, path) }) {
		return ErrNotYoursToDecide
	}
	return nil
}

// Raise takes a question that was not decided in time to its next place, with a
// new last day.
func (c *Correction) Raise(to CorrectionPlace, now time.Time) {
	c.Place, c.DueOn = to, DayOf(now)+CorrectionTime
	c.Rises++
	c.Version++
}
