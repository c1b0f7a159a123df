package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

func TestReferChild(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	referring := w.as(officer("coordinator", countyPath))

	t.Run("a record is called by its number, and the list says no name", func(t *testing.T) {
		referred, err := w.ReferChild(referring, given())
		w.must(err)
		listed, err := w.ListChildren(w.as(officer("child_care", cityPath)), 0)
		w.must(err)
		if len(listed) != 1 || listed[0].Number != referred.Number || listed[0].RegionName != "屯子镇码头村" || listed[0].BirthYear != 2016 {
			t.Errorf("%+v", listed)
		}
		if n := w.count(`SELECT count(*) FROM openings`); n != 0 {
			t.Errorf("%d openings for a list that shows nobody", n)
		}
	})
	t.Run("the same ID number makes no second record", func(t *testing.T) {
		_, err := w.ReferChild(referring, given(func(n *domain.NewChild) { n.Person.Name = "别的名字" }))
		if !errors.Is(err, domain.ErrChildTwice) {
			t.Error(err)
		}
		if n := w.count(`SELECT count(*) FROM data_keys`); n != 1 {
			t.Errorf("%d keys for one child", n)
		}
	})
	t.Run("what is wrong is refused with its field", func(t *testing.T) {
		for field, change := range map[string]func(*domain.NewChild){
			"name":        func(n *domain.NewChild) { n.Person.Name = " " },
			"born_on":     func(n *domain.NewChild) { n.Person.BornOn = "2008-11-24" }, // 18 today
			"address":     func(n *domain.NewChild) { n.Person.Address = strings.Repeat("长", 101) },
			"reason":      func(n *domain.NewChild) { n.Person.Reason = "" },
			"region_code": func(n *domain.NewChild) { n.RegionCode = "410611" }, // another county's
		} {
			_, err := w.ReferChild(referring, given(change))
			var known *apperr.Error
			if !errors.As(err, &known) || len(known.Fields) != 1 || known.Fields[0].Name != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
	t.Run("a volunteer refers nobody", func(t *testing.T) {
		_, err := w.ReferChild(w.as(auth.Principal{VolunteerID: "01936000-0000-7000-8000-000000000001", Strong: true}), given())
		if apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
	})
}

// Who reads a child's record, on what grounds, and what is written of it.
func TestOpenChild(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID := w.child()
	mine := officer("child_care", countyPath)
	w.must(w.TakeChild(w.as(mine), childID))
	openings := func() int { return w.count(`SELECT count(*) FROM openings`) }

	t.Run("whose case it is reads it, and one line is written", func(t *testing.T) {
		before := openings()
		got, err := w.OpenChild(w.as(mine), childID)
		w.must(err)
		if diff := cmp.Diff(domain.ChildPerson{
			Name: canaryName, BornOn: "2016-03-01", IDNumber: canaryPaper, Address: canaryAddress, Reason: "父母在外地务工，由奶奶照看。",
		}, got.Person); diff != "" {
			t.Error(diff)
		}
		if n := openings() - before; n != 1 {
			t.Errorf("%d lines for one reading", n)
		}
	})
	t.Run("nobody else does", func(t *testing.T) {
		before := openings()
		weak := mine
		weak.Strong = false
		for name, who := range map[string]struct {
			as   auth.Principal
			want error
		}{
			"without a second factor":                   {weak, auth.ErrSecondFactor},
			"a child-care officer who has not the case": {officer("child_care", cityPath), domain.ErrNoGround},
			"of another county":                         {officer("child_care", otherPath), domain.ErrNoChild},
			"a coordinator":                             {officer("coordinator", cityPath), domain.ErrNoChild},
			"an administrator":                          {officer("administrator", cityPath), domain.ErrNoChild},
			"a viewer":                                  {officer("viewer", cityPath), domain.ErrNoChild},
			"a volunteer":                               {auth.Principal{VolunteerID: mine.VolunteerID, Strong: true}, domain.ErrNoChild},
			"nobody":                                    {auth.Principal{}, auth.ErrSignedOut},
		} {
			got, err := w.OpenChild(w.as(who.as), childID)
			if !errors.Is(err, who.want) || got.Person.Name != "" {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		if n := openings() - before; n != 0 {
			t.Errorf("%d lines for readings that were refused", n)
		}
	})
	t.Run("a case that went to another is read no more", func(t *testing.T) {
		childID, next := w.child(), officer("child_care", countyPath)
		w.knows(mine, next)
		w.must(w.TakeChild(w.as(mine), childID))
		if err := w.TakeChild(w.as(next), childID); !errors.Is(err, domain.ErrCaseHeld) {
			t.Errorf("a case that somebody has is taken: %v", err)
		}
		w.must(w.HandOver(w.as(mine), childID, next.VolunteerID))
		if _, err := w.OpenChild(w.as(mine), childID); !errors.Is(err, domain.ErrNoGround) {
			t.Error(err)
		}
		_, err := w.OpenChild(w.as(next), childID)
		w.must(err)
	})
	t.Run("an administrator gives a case to who is in care there, and never to herself", func(t *testing.T) {
		childID, next, outside, admin := w.child(), officer("child_care", countyPath), officer("child_care", otherPath), officer("administrator", cityPath)
		both := officer("administrator", countyPath)
		both.Grants = append(both.Grants, auth.Grant{Role: "child_care", RegionPath: countyPath})
		w.knows(next, outside, admin, both)
		w.must(w.TakeChild(w.as(mine), childID))
		weak := admin
		weak.Strong = false
		for name, give := range map[string]struct {
			as   auth.Principal
			to   string
			want error
		}{
			"to herself":                         {both, both.VolunteerID, domain.ErrCaseOwn},
			"to an officer of another county":    {admin, outside.VolunteerID, apperr.For("officer_id", domain.ErrNotInCare)},
			"without a second factor":            {weak, next.VolunteerID, auth.ErrSecondFactor},
			"somebody else's case":               {next, next.VolunteerID, domain.ErrNoCase},
			"as an administrator of another one": {officer("administrator", otherPath), next.VolunteerID, domain.ErrNoChild},
		} {
			if err := w.HandOver(w.as(give.as), childID, give.to); !errors.Is(err, give.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.HandOver(w.as(admin), childID, next.VolunteerID))
		_, err := w.OpenChild(w.as(next), childID)
		w.must(err)
		officers, err := w.ListCareOfficers(w.as(admin), childID)
		w.must(err)
		for _, o := range officers {
			if o.Holds != (o.VolunteerID == next.VolunteerID) || o.VolunteerID == outside.VolunteerID {
				t.Errorf("%+v", o)
			}
		}
	})
	t.Run("who looked is answered with name, time and grounds, also to an administrator", func(t *testing.T) {
		got, err := w.ListOpenings(w.as(officer("administrator", cityPath)), childID)
		w.must(err)
		if len(got) != 1 || got[0].PersonName != "王秀英" || got[0].Basis != domain.BasisCase || got[0].What != "child" || w.clock.Now().Sub(got[0].At) > time.Minute {
			t.Errorf("%+v", got)
		}
		if _, err := w.ListOpenings(w.as(officer("administrator", otherPath)), childID); !errors.Is(err, domain.ErrNoChild) {
			t.Error(err)
		}
	})
}
