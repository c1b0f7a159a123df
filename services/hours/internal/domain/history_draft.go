package domain

// HistoryDraft is what an uploader works on.
type HistoryDraft struct {
	FileName string
	Rows     []DraftRow   // as the file says, with what is wrong with its cells
	Entered  []EnteredRow // typed by hand: in place of a row of the file, or behind them all
}

// EnteredRow is a row typed by hand. A Place that the file has stands for that
// row; all else are rows of their own.
type EnteredRow struct {
	Place       int
	VolunteerID string
	Day         Day
	Title       string
	Minutes     int
	Page        int
	Drop        bool // the file's row is left out
}

// Enter takes what was typed, all of it each time.
func (d *HistoryDraft) Enter(rows []EnteredRow) error {
	if len(rows) > MostHistoryEntered {
		return ErrHistoryTooMany
	}
	d.Entered = rows
	return nil
}

// Read takes what a new file says; what was typed in place of the old one's rows
// is of no use any more.
func (d *HistoryDraft) Read(name string, rows []DraftRow) {
	var own []EnteredRow
	for _, e := range d.Entered {
		if !d.replaces(e) {
			e.Place = len(rows) + len(own) + 1
			own = append(own, e)
		}
	}
	d.FileName, d.Rows, d.Entered = name, rows, own
}

func (d *HistoryDraft) replaces(e EnteredRow) bool { return e.Place > 0 && e.Place <= len(d.Rows) }

// Merged returns all rows, those of the file first.
func (d *HistoryDraft) Merged() []DraftRow {
	byPlace := map[int]EnteredRow{}
	for _, e := range d.Entered {
		if d.replaces(e) {
			byPlace[e.Place] = e
		}
	}
	var merged []DraftRow
	for _, r := range d.Rows {
		e, replaced := byPlace[r.Place]
		switch {
		case replaced && e.Drop:
			continue
		case replaced:
			r = e.over(r)
		}
		merged = append(merged, r)
	}
	place := len(d.Rows)
	for _, e := range d.Entered {
		if !d.replaces(e) && !e.Drop {
			place++
			merged = append(merged, e.over(DraftRow{Place: place}))
		}
	}
	return merged
}

// Dropped returns the places of the file's rows that are left out.
func (d *HistoryDraft) Dropped() (places []int) {
	for _, e := range d.Entered {
		if e.Drop && d.replaces(e) {
			places = append(places, e.Place)
		}
	}
	return places
}

func (e EnteredRow) over(r DraftRow) DraftRow {
	r.Entered, r.Findings = true, nil
	r.HistoryRow = HistoryRow{Place: r.Place, VolunteerID: e.VolunteerID, Day: e.Day, Title: e.Title, Minutes: e.Minutes, Page: e.Page}
	return r
}

// JudgeHistory finds what is wrong with rows: whom they name, what they say, and
// how they stand beside what is known. pages are the numbers of the pictures
// there are; any page is right when one of them holds several.
func JudgeHistory(rows []DraftRow, roll Roll, pages []HistoryPage, known *HistoryKnown, today Day) {
	there := map[int]bool{0: true}
	several := len(pages) == 0 // not uploaded yet
	for _, p := range pages {
		there[p.Number] = true
		several = several || p.Kind == HistoryPDF
	}
	for i := range rows {
		roll.Match(&rows[i])
		rows[i].Check(today)
		if rows[i].Page < 0 || !several && !there[rows[i].Page] {
			rows[i].find(HistoryPageWrong, "")
		}
	}
	known.Judge(rows)
}
