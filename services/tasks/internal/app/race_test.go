package app_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/lib/pq"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	seats       = 10
	volunteers  = 200
	workers     = 16          // so many orders have to be tried, and so many wait for one row
	checkWithin = time.Minute // the search is NP-complete
)

// fromEnv reads how hard a race is run by hand; small is what every run affords.
func fromEnv(t *testing.T, name string, small int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return small
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// seatCall is somebody asking for a seat, or giving theirs back.
type seatCall struct {
	shiftID string
	back    bool
}

// seatCount is all that a shift's answers may depend on.
type seatCount struct{ seated, waiting, held int }

// seatModel says how a shift answers when one asks after the other, days before
// it begins: a free seat is given, else the next place in the line; a seat that
// is given back is held for whoever waits.
var seatModel = porcupine.Model{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		byShift := map[string][]porcupine.Operation{}
		for _, o := range history {
			shiftID := o.Input.(seatCall).shiftID
			byShift[shiftID] = append(byShift[shiftID], o)
		}
		var parts [][]porcupine.Operation
		for _, part := range byShift {
			parts = append(parts, part)
		}
		return parts
	},
	Init: func() any { return seatCount{} },
	Step: func(state, input, output any) (bool, any) {
		c, got := state.(seatCount), output.(domain.SignUpState)
		switch {
		case input.(seatCall).back:
			c.seated--
			if c.waiting > 0 {
				c.waiting, c.held = c.waiting-1, c.held+1
			}
			return got == domain.SignUpWithdrawn, c
		case c.seated+c.held < seats:
			c.seated++
			return got == domain.SignUpConfirmed, c
		default:
			c.waiting++
			return got == domain.SignUpWaitlisted, c
		}
	},
}

// history keeps who asked what when, and what was answered.
type history struct {
	mu    sync.Mutex
	began time.Time
	done  []porcupine.Operation
}

func (h *history) record(client int, call seatCall, f func() (domain.SignUpState, error)) (domain.SignUpState, error) {
	var from time.Duration
	state, err := patiently(func() (domain.SignUpState, error) {
		from = time.Since(h.began)
		return f()
	})
	to := time.Since(h.began)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = append(h.done, porcupine.Operation{ClientId: client, Input: call, Call: from.Nanoseconds(), Output: state, Return: to.Nanoseconds()})
	return state, err
}

// patiently asks again when a statement has waited for longer than it may: on a busy
// machine sixteen wait for one row. It has done nothing then.
func patiently[T any](f func() (T, error)) (T, error) {
	for {
		answer, err := f()
		var e *pq.Error
		if waited := errors.As(err, &e) && e.Code == "57014"; !waited && !postgres.Locked(err) {
			return answer, err
		}
	}
}

// TestSeatRace: 10 seats, 200 volunteers, 16 at a time. QIHE_SEAT_ROUNDS=50 runs it long.
func TestSeatRace(t *testing.T) {
	t.Parallel()
	t.Run("whatever comes together, the answers are those of one after the other", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		for round := range fromEnv(t, "QIHE_SEAT_ROUNDS", 2) {
			h, giveBack := &history{began: time.Now()}, round%2 == 1
			s := w.shiftIn(72*time.Hour, seats)
			w.race(func(client int, v string) error {
				state, err := h.record(client, seatCall{shiftID: s.ID}, func() (domain.SignUpState, error) {
					u, err := w.SignUp(w.as(v), s.ID)
					return u.State, err
				})
				if err != nil || state != domain.SignUpConfirmed || !giveBack || client%3 > 0 {
					return err
				}
				view, err := patiently(func() (app.ShiftView, error) { return w.FindPresence(w.as(v), s.ID) })
				if err != nil {
					return err
				}
				_, err = h.record(client, seatCall{shiftID: s.ID, back: true}, func() (domain.SignUpState, error) {
					u, err := w.WithdrawSignUp(w.as(v), view.SignUp.ID, "有事")
					return u.State, err
				})
				return err
			})
			w.counted()
			if n := w.count(`SELECT taken FROM shifts WHERE id = '` + s.ID + `'`); n != seats {
				t.Errorf("round %d: %d seats are taken, want %d", round, n, seats)
			}
			if got := porcupine.CheckOperationsTimeout(seatModel, h.done, checkWithin); got != porcupine.Ok {
				t.Errorf("round %d: the history of %d calls is %s", round, len(h.done), got)
			}
		}
	})
	t.Run("control: looking before taking, without the lock and the constraint, gives seats away twice, and the history shows it", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		if _, err := w.db.Owner(t).Exec(`ALTER TABLE shifts DROP CONSTRAINT shifts_seats_check`); err != nil {
			t.Fatal(err)
		}
		const few = 14 // to prove that no order fits, all have to be tried
		h := &history{began: time.Now()}
		var looked, wg sync.WaitGroup
		looked.Add(few)
		for client := range few {
			wg.Go(func() {
				if _, err := h.record(client, seatCall{shiftID: shift.ID}, func() (state domain.SignUpState, err error) {
					err = w.db.InTx(t.Context(), func(q postgres.Querier) error {
						state, err = takeUnguarded(t, q, shift.ID, id.New(), &looked)
						return err
					})
					return state, err
				}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := w.count(`SELECT count(*) FROM sign_ups`); n <= seats {
			t.Errorf("%d seats were given: the race above proves nothing", n)
		}
		if got := porcupine.CheckOperationsTimeout(seatModel, h.done, checkWithin); got != porcupine.Illegal {
			t.Errorf("the history is %s: the check above proves nothing", got)
		}
	})
}

// race has each of the volunteers do f, so many at a time.
func (w *town) race(f func(client int, volunteerID string) error) {
	w.t.Helper()
	jobs := make(chan string, volunteers)
	for range volunteers {
		jobs <- id.New()
	}
	close(jobs)
	var wg sync.WaitGroup
	for client := range workers {
		wg.Go(func() {
			for v := range jobs {
				if err := f(client, v); err != nil {
					w.t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// takeUnguarded looks whether the shift has a free seat and the volunteer
// nothing else to do, and takes the seat when all have looked.
func takeUnguarded(t *testing.T, q postgres.Querier, shiftID, volunteerID string, looked *sync.WaitGroup) (domain.SignUpState, error) {
	t.Helper()
	var taken, busy int
	err := q.QueryRowxContext(t.Context(), `SELECT taken, (SELECT count(*) FROM sign_ups WHERE volunteer_id = $2) FROM shifts WHERE id = $1`, shiftID, volunteerID).Scan(&taken, &busy)
	looked.Done()
	looked.Wait()
	if err != nil || busy > 0 {
		return "", err
	}
	if taken >= seats {
		return domain.SignUpWaitlisted, nil
	}
	if _, err := q.ExecContext(t.Context(), `INSERT INTO sign_ups (id, shift_id, volunteer_id, state, signed_up_at, reason, version)
		VALUES ($1, $2, $3, 'confirmed', now(), '', 1)`, id.New(), shiftID, volunteerID); err != nil {
		return "", err
	}
	_, err = q.ExecContext(t.Context(), `UPDATE shifts SET taken = taken + 1 WHERE id = $1`, shiftID)
	return domain.SignUpConfirmed, err
}

const overlaps = `
	SELECT count(*)
	FROM sign_ups u
	JOIN shifts s ON s.id = u.shift_id
	JOIN sign_ups v ON v.volunteer_id = u.volunteer_id AND v.id > u.id AND v.state = 'confirmed'
	JOIN shifts o ON o.id = v.shift_id
	WHERE u.state = 'confirmed' AND o.starts_at < s.ends_at AND o.ends_at > s.starts_at`

// TestOverlapRace: 16 clients sign 20 volunteers up for shifts that overlap.
// QIHE_OVERLAP_ATTEMPTS=15000 runs it long.
func TestOverlapRace(t *testing.T) {
	t.Parallel()
	t.Run("nobody is ever signed up for two shifts at one time, and nobody waits in a circle", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shifts, people := w.overlapping(12), make([]string, 20)
		for i := range people {
			people[i] = id.New()
		}
		attempts := fromEnv(t, "QIHE_OVERLAP_ATTEMPTS", 1200)
		var (
			wg   sync.WaitGroup
			jobs = make(chan struct{}, attempts)
		)
		for range attempts {
			jobs <- struct{}{}
		}
		close(jobs)
		for range 16 {
			wg.Go(func() {
				for range jobs {
					w.attempt(people[rand.IntN(len(people))], shifts[rand.IntN(len(shifts))])
				}
			})
		}
		wg.Wait()
		if n := w.count(overlaps); n != 0 {
			t.Errorf("%d overlaps", n)
		}
		w.counted()
		if n := w.count(`SELECT count(*) FROM sign_ups WHERE state = 'confirmed'`); n == 0 {
			t.Error("nobody is signed up for anything: the race proves nothing")
		}
	})
	t.Run("control: looking before taking, without the lock, lets both in", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shifts, v := w.overlapping(2), id.New()
		var looked, wg sync.WaitGroup
		looked.Add(2)
		for _, s := range shifts {
			wg.Go(func() {
				if err := w.db.InTx(t.Context(), func(q postgres.Querier) error {
					_, err := takeUnguarded(t, q, s.ID, v, &looked)
					return err
				}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := w.count(overlaps); n != 1 {
			t.Errorf("%d overlaps: the race above proves nothing", n)
		}
	})
}

// overlapping returns shifts of two hours, each of which begins an hour after the one before.
func (w *town) overlapping(n int) (shifts []app.ShiftView) {
	w.t.Helper()
	for i := range n {
		shifts = append(shifts, w.shiftIn(time.Duration(72+i)*time.Hour, 8))
	}
	return shifts
}

// attempt signs somebody up, or withdraws when they are signed up already. A
// refusal is an answer; anything else, a deadlock too, is a fault.
func (w *town) attempt(v string, s app.ShiftView) {
	w.t.Helper()
	view, err := w.FindPresence(w.as(v), s.ID)
	if err == nil && view.SignUp != nil && view.SignUp.State.Live() {
		_, err = w.WithdrawSignUp(w.as(v), view.SignUp.ID, "有事")
	} else if err == nil {
		_, err = w.SignUp(w.as(v), s.ID)
	}
	var refusal *apperr.Error
	if err != nil && !errors.As(err, &refusal) {
		w.t.Error(err)
	}
}
