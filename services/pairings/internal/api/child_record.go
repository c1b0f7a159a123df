package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// SetChildDetails is PUT /children/{child_id}/details.
func (h handlers) SetChildDetails(ctx context.Context, r gen.SetChildDetailsRequestObject) (gen.SetChildDetailsResponseObject, error) {
	b := r.Body
	d := domain.ChildDetails{
		Circle: domain.Circle{
			Guardian: adultOf(b.Guardian), Carer: adultOf(b.Carer), Note: b.Note,
			School: domain.School{Name: b.School.Name, Grade: b.School.Grade, Term: b.School.Term},
		},
		CompanionSex: string(b.CompanionSex),
	}
	for _, need := range b.Needs {
		d.Needs = append(d.Needs, string(need))
	}
	if err := h.app.SetChildDetails(ctx, r.ChildID, d); err != nil {
		return nil, err
	}
	return gen.SetChildDetails204Response{}, nil
}

func adultOf(a gen.Adult) domain.Adult {
	return domain.Adult{Name: a.Name, Relation: a.Relation, Phone: a.Phone, Place: a.Place, IDTail: a.IDTail}
}

func adultTo(a domain.Adult) gen.Adult {
	return gen.Adult{Name: a.Name, Relation: a.Relation, Phone: a.Phone, Place: a.Place, IDTail: a.IDTail}
}

// RecordWish is PUT /children/{child_id}/wish.
func (h handlers) RecordWish(ctx context.Context, r gen.RecordWishRequestObject) (gen.RecordWishResponseObject, error) {
	if err := h.app.RecordWish(ctx, r.ChildID, app.NewWish{Wants: r.Body.Wants, TalkedOn: r.Body.TalkedOn.String(), Words: r.Body.Words}); err != nil {
		return nil, err
	}
	return gen.RecordWish204Response{}, nil
}

// HoldChild is PUT /children/{child_id}/hold.
func (h handlers) HoldChild(ctx context.Context, r gen.HoldChildRequestObject) (gen.HoldChildResponseObject, error) {
	if err := h.app.HoldChild(ctx, r.ChildID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.HoldChild204Response{}, nil
}

// addRecord puts what hangs on a child's record into an answer.
func addRecord(to *gen.OpenedChild, o app.OpenedChild) {
	v := o.RecordView
	to.EraseAt, to.HoldReason = o.EraseAt, o.HoldReason
	if v.Recorded {
		to.Details = gen.ChildDetails{
			Guardian: adultTo(v.Circle.Guardian), Carer: adultTo(v.Circle.Carer), Note: v.Circle.Note,
			School: gen.School{Name: v.Circle.School.Name, Grade: v.Circle.School.Grade, Term: v.Circle.School.Term},
			Needs:  make([]gen.ChildDetailsNeeds, len(o.Needs)), CompanionSex: gen.ChildDetailsCompanionSex(o.CompanionSex),
		}
		for i, need := range o.Needs {
			to.Details.Needs[i] = gen.ChildDetailsNeeds(need)
		}
	}
	for _, c := range v.Consents {
		to.Consents = append(to.Consents, gen.Consent{
			ConsentID: c.ID, ByLink: c.Way == domain.ByLink, Good: c.Good, HasSignature: c.HasPicture, FormNumber: c.FormNumber, Witness: c.Witness, Archive: c.Archive,
			ForPhone: c.ForPhone, GivenOn: c.GivenOn, EndsAt: c.EndsAt, RecordedBy: c.RecordedByName, WithdrawnAt: c.WithdrawnAt,
		})
	}
	if v.Wish != nil {
		to.Wish = gen.Wish{Wants: v.Wish.Wants, TalkedOn: v.Wish.TalkedOn, Words: v.Wish.Words, RecordedBy: v.Wish.RecordedByName}
	}
	if v.Link != nil {
		to.Link = gen.ConsentLink{MadeAt: v.Link.MadeAt, AnswerBy: v.Link.AnswerBy, Good: v.LinkGood, Answered: !v.Link.AnsweredAt.IsZero(), Agreed: v.Link.Agreed}
	}
}
