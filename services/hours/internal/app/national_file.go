package app

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// batchFile is the file of a batch while it is written.
type batchFile struct {
	domain.NationalBatch
	mapping domain.NationalMapping
	rows    []domain.NationalRow
	persons map[string]people.Record // with their identities, in memory only
	lines   map[string]store.NationalLine
	notes   map[string]people.RecordNote
	left    []domain.NationalRow // no longer what was promised
	written int
}

// TakeBatch returns the file of a batch, and its name. It is made anew each time, out of
// what there is now: rows that are not what was promised any more are left out and go with
// the next batch. Teams records for each person that their identity was read; who took the file is
// recorded here.
func (a *App) TakeBatch(ctx context.Context, batchID string) (file []byte, name string, err error) {
	who, err := mayTakeOut(ctx)
	if err != nil {
		return nil, "", err
	}
	f := &batchFile{lines: map[string]store.NationalLine{}, notes: map[string]people.RecordNote{}, persons: map[string]people.Record{}}
	now := a.clock.Now()
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if err := allowLongRead(ctx, q); err != nil {
			return err
		}
		if f.NationalBatch, err = store.FindBatch(ctx, q, batchID); err != nil {
			return err
		}
		switch {
		case !who.Covers(f.RegionPath):
			return domain.ErrNoBatch
		case !now.Before(f.ExpiresAt):
			return domain.ErrBatchExpired
		}
		return f.read(ctx, q, a, now)
	})
	if err != nil {
		return nil, "", err
	}
	if err := a.readIdentities(ctx, f, who.VolunteerID); err != nil {
		return nil, "", err
	}
	if file, err = f.write(a); err != nil {
		return nil, "", err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		b, err := store.LockBatch(ctx, q, batchID)
		if err != nil {
			return err
		}
		if b.TakenAt.IsZero() {
			b.TakenAt = now
			if err := store.UpdateNationalStates(ctx, q, a.papers, b.ID, f.left); err != nil {
				return err
			}
			if err := store.UpdateBatch(ctx, q, b); err != nil {
				return err
			}
		}
		return store.InsertNationalTaking(ctx, q, b.ID, who.VolunteerID, now, f.written)
	})
	return file, fmt.Sprintf("全国志愿服务信息系统报送-第%d批-映射第%d版-%s.xlsx", f.Number, f.MappingVersion, f.MadeAt.In(clock.City).Format("20060102")), err
}

func (f *batchFile) read(ctx context.Context, q postgres.Querier, a *App, now time.Time) error {
	versions, err := store.ListMappings(ctx, q)
	if err != nil {
		return err
	}
	f.mapping = versions[slices.IndexFunc(versions, func(m domain.NationalMapping) bool { return m.Version == f.MappingVersion })]
	if f.rows, err = store.ListNationalRows(ctx, q, a.papers, f.ID); err != nil {
		return err
	}
	return store.EachNationalLine(ctx, q, a.papers, store.NationalScope{BatchID: f.ID, Today: domain.DayOf(now), Now: now}, func(l store.NationalLine) error {
		f.lines[l.SubjectID] = l
		return nil
	})
}

// readIdentities asks teams who the people of the batch are: of merged records the
// records too, for the numbers under which they went out.
func (a *App) readIdentities(ctx context.Context, f *batchFile, by string) error {
	asked := map[string]bool{}
	for _, r := range f.rows {
		asked[r.VolunteerID] = true
		if r.Group == domain.NationalBasic {
			asked[r.SubjectID] = true
		}
	}
	query := people.RecordsQuery{Fields: f.fields(), Values: true, ReaderID: by, Reason: "national.exported"}
	for some := range slices.Chunk(domain.SortedCodes(asked), people.MaxAsk) {
		query.IDs = some
		answer, err := a.people.Records(ctx, query)
		if err != nil {
			return err
		}
		for _, r := range answer.Items {
			f.persons[r.VolunteerID] = r
			for _, n := range r.Notes {
				f.notes[n.ID] = n
			}
		}
	}
	return nil
}

// fields are what is asked of a person: the basic information's, so that its
// fingerprint can be compared.
func (f *batchFile) fields() []string { return f.mapping.Sheet(domain.NationalBasic).Fields() }

func (f *batchFile) write(a *App) ([]byte, error) {
	book, err := workbook.New()
	if err != nil {
		return nil, err
	}
	defer book.Close()
	for _, sheet := range f.mapping.Sheets {
		columns := sheet.Columns
		for _, needed := range []string{"change", "row"} {
			if field, _ := domain.NationalFieldOf(sheet.Group, needed); !sheet.Writes(needed) {
				columns = append(slices.Clone(columns), domain.NationalColumn{Field: needed, Heading: field.Zh})
			}
		}
		header := make([]string, len(columns))
		for i, c := range columns {
			header[i] = c.Heading
		}
		if err := book.Sheet(sheet.Name, header, 18); err != nil {
			return nil, err
		}
		for _, r := range f.rows {
			if r.Group != sheet.Group || r.State == domain.NationalLeftOut {
				continue
			}
			values, ok := f.values(r, sheet, a)
			if !ok {
				r.State = domain.NationalLeftOut
				f.left = append(f.left, r)
				continue
			}
			cells := make([]any, len(columns))
			for i, c := range columns {
				cells[i] = c.Cell(sheet.Group, values[c.Field])
			}
			if err := book.Row(cells...); err != nil {
				return nil, err
			}
			f.written++
		}
	}
	var out bytes.Buffer
	_, err = book.WriteTo(&out)
	return out.Bytes(), err
}

// values returns what stands in a row; ok is false when it is not what was promised.
func (f *batchFile) values(r domain.NationalRow, sheet domain.NationalSheet, a *App) (values map[string]string, ok bool) {
	who, known := f.persons[r.VolunteerID]
	if !known || who.Values == nil { // erased, or agrees no longer: teams gives nothing
		return nil, false
	}
	digest := r.Digest
	switch {
	case r.Change == domain.NationalWithdrawn:
		values = map[string]string{"number": who.Number, "record": r.SubjectID}
		if gone := f.persons[r.SubjectID]; r.Group == domain.NationalBasic && gone.OwnNumber != "" {
			values["number"] = gone.OwnNumber
		}
	case r.Group == domain.NationalBasic:
		values, digest = map[string]string{"record": r.SubjectID}, who.Digest
		for field, value := range who.Values {
			values[field] = value
		}
		values["region"] = a.names.pathName(who.Values["region"])
	case r.Group == domain.NationalService:
		l := f.lines[r.SubjectID]
		if l.Gone() || !l.Settled {
			return nil, false
		}
		values = a.names.lineValues(l, who.Number)
		digest = domain.NationalDigest(sheet, values)
	default:
		n, there := f.notes[r.SubjectID]
		if !there {
			return nil, false
		}
		values = noteValues(n, who.Number)
		digest = domain.NationalDigest(sheet, values)
	}
	if !bytes.Equal(digest, r.Digest) {
		return nil, false
	}
	for _, field := range []string{"name", "id_kind", "id_number"} {
		values[field] = who.Values[field]
	}
	values["row"], values["change"] = domain.RowNumber(f.Number, r.Group, r.Place), string(r.Change)
	return values, true
}

// pathName returns a division with those above it: 鹤壁市浚县善堂镇.
func (n *names) pathName(code string) (name string) {
	region, ok := n.find(domain.Region, code)
	if !ok {
		return code
	}
	for _, part := range codesOf(region.RegionPath) {
		name += n.name(domain.Region, part)
	}
	return name
}
