package hoursv1

import "time"

// TotalsCounted says what a city, or a division directly below it, has given in a month, a year or all the time. It is what leaves
// a city for a hub: absolute figures, no person and no brigade, and none of fewer than five people (ADR 93). Whoever
// has a newer version has all that an older one said, so any order and any repetition gives the same.
type TotalsCounted struct {
	Period    string    `json:"period"` // month:2026-11 | year:2026 | all
	Region    string    `json:"region"` // its code
	Name      string    `json:"name"`   // of the region
	City      bool      `json:"city"`   // the whole city; else a division of it
	Hidden    bool      `json:"hidden"` // fewer than five people, or hidden beside such a one: all figures are zero
	Minutes   int64     `json:"minutes"`
	Services  int64     `json:"services"` // 人次
	People    int64     `json:"people"`   // each once
	Teams     int64     `json:"teams"`
	CountedAt time.Time `json:"counted_at"`
	Version   int64     `json:"version"` // milliseconds since 1970: it goes on rising when a city is restored from yesterday
}

// Subject is where this event is published.
func (TotalsCounted) Subject() string { return "hours.v1.totals.counted" }

// Aggregate returns the period and region, and the version.
func (e TotalsCounted) Aggregate() (string, int64) {
	return "totals/" + e.Period + "/" + e.Region, e.Version
}
