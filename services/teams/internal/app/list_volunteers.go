package app

import (
	"context"
	"strings"
	"unicode"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// VolunteerQuery asks for people; what is empty narrows nothing.
type VolunteerQuery struct {
	Text       string // part of a name, initials, a volunteer number or a whole phone number
	RegionCode string
	State      string // unclaimed | waiting | active | minor
	TeamID     string
	Limit      int
	After      string
}

// ListedVolunteer is a person and where they belong, for a list.
type ListedVolunteer = store.ListedVolunteer

// ListVolunteers returns a page of the people in the asker's divisions, by
// name, and where the next page starts, empty after the last. For officers;
// everybody else is told that there is no such division.
func (a *App) ListVolunteers(ctx context.Context, query VolunteerQuery) (people []store.ListedVolunteer, next string, err error) {
	if query.After != "" && !id.Valid(query.After) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		filter, err := a.volunteerFilter(ctx, q, query)
		if err != nil || (query.Text != "" && filter.PhoneIndex == nil && filter.Number == "" && filter.Name.Empty()) {
			return err // or nothing that can be looked for
		}
		people, err = store.ListVolunteers(ctx, q, a.vault, filter)
		return err
	})
	if err != nil || len(people) <= query.Limit {
		return people, "", err
	}
	people = people[:query.Limit]
	return people, people[query.Limit-1].ID, nil
}

func (a *App) volunteerFilter(ctx context.Context, q postgres.Querier, query VolunteerQuery) (store.VolunteerFilter, error) {
	f := store.VolunteerFilter{
		State: domain.VolunteerState(query.State), TeamID: query.TeamID,
		Page: store.Page{Limit: query.Limit + 1, After: query.After}, // one more tells whether there is a next page
	}
	if query.State == "minor" {
		f.State, f.Minors = "", true
	}
	a.lookFor(&f, query.Text)
	city, err := store.FindCityPath(ctx, q)
	if err != nil {
		return f, err
	}
	f.City = city
	if query.RegionCode != "" {
		region, err := a.regionFor(ctx, q, listVolunteers, query.RegionCode)
		if err != nil {
			return f, err
		}
		f.Paths = []string{region.Path}
		return f, nil
	}
	p, err := auth.From(ctx)
	if err != nil {
		return f, err
	}
	f.Paths = p.Regions()
	if len(f.Paths) == 0 {
		return f, domain.ErrNoRegion
	}
	return f, nil
}

// lookFor understands what was typed into the search.
func (a *App) lookFor(f *store.VolunteerFilter, text string) {
	text = strings.TrimSpace(text)
	if phone, err := domain.ParsePhone(text); err == nil {
		f.PhoneIndex = store.PhoneIndex(a.vault, phone)
		return
	}
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	f.Name = pinyin.Parse(text)
	if digits >= 8 { // no name has that many
		f.Number, f.Name = strings.ToUpper(f.Name.Text()), pinyin.Query{}
	}
}
