package app

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// DutiesEvery is how often the clock is looked at: what is due is done at most
// so much late.
const DutiesEvery = 5 * time.Second

// duty is something that nobody asks for: the clock makes it due. Every replica
// does all duties; one takes what is due FOR UPDATE SKIP LOCKED, a few rows in
// a transaction, so that replicas share the work and a stop in the middle loses
// nothing. What is due is written in the rows, never remembered.
type duty struct {
	name string
	do   func(ctx context.Context) error
}

func (a *App) duties() []duty {
	return []duty{
		{"corrections", a.raiseCorrections},
		{"stars", a.judgeStars},
	}
}

// DoDuties does what is due now. One that fails does not keep the others from
// being done; it is tried again the next time.
func (a *App) DoDuties(ctx context.Context) error {
	var failed []error
	for _, d := range a.duties() {
		if err := d.do(ctx); err != nil && ctx.Err() == nil {
			failed = append(failed, fmt.Errorf("%s: %w", d.name, err))
		}
	}
	return errors.Join(failed...)
}
