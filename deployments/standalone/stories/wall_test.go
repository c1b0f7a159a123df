package stories_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// TestWall lets a week pass on a wall screen.
func TestWall(t *testing.T) {
	t.Parallel()
	tell(t, "wall.mjs", func(o *city.Options) { o.WallGap = 5 * time.Millisecond })
}

// workers confirm attendances all over the city, as its leaders do on a good day.
type workers struct {
	post *bus.Bus
	city *demo.City
	now  func() time.Time
	done int
}

// hire finds workers for a city. Their city is made anew: teams are the same in each.
func hire(t *testing.T, r *city.Running) (*workers, error) {
	t.Helper()
	c, err := demo.NewCity(demo.Options{Scale: 0.01, Day: r.Clock.Now()})
	if err != nil {
		return nil, err
	}
	post, err := bus.Connect(t.Context(), r.NATSURL(), "workers", slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	t.Cleanup(post.Close)
	return &workers{post: post, city: c, now: r.Clock.Now}, nil
}

func (w *workers) serve(rw http.ResponseWriter, req *http.Request) {
	times, err := strconv.Atoi(req.URL.Query().Get("times"))
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadRequest)
		return
	}
	messages := make([]bus.Message, times)
	for i := range messages {
		e := w.attendance()
		body, err := json.Marshal(e)
		if err != nil {
			http.Error(rw, err.Error(), http.StatusInternalServerError)
			return
		}
		aggregate, version := e.Aggregate()
		messages[i] = bus.Message{ID: id.New(), Subject: e.Subject(), Aggregate: aggregate, Version: version, OccurredAt: e.ConfirmedAt, Data: body}
	}
	if _, err := w.post.Publish(req.Context(), tasksv1.Stream, messages); err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
	}
}

// attendance is an hour and a half of somebody, each time of another brigade.
func (w *workers) attendance() tasksv1.AttendanceConfirmed {
	w.done++
	team := w.city.Teams[w.done*7%len(w.city.Teams)]
	what := [...]string{"淇河岸边捡拾垃圾", "村口义诊", "独居老人理发", "邻里读书会", "交通路口劝导", "普法进集市"}
	to := w.now().Truncate(time.Minute)
	return tasksv1.AttendanceConfirmed{
		AttendanceID: id.New(), ShiftID: id.New(), TaskID: id.New(), TaskTitle: what[w.done%len(what)],
		TeamID: team.ID, RegionPath: team.RegionPath, ReportingUnit: team.ReportingUnit, ProgrammeID: w.city.Programmes[w.done%len(w.city.Programmes)].ID,
		VolunteerID: id.New(), Verification: "A", From: to.Add(-90 * time.Minute), To: to, Minutes: 90,
		ConfirmedBy: id.New(), ConfirmedAt: w.now(), Version: 1,
	}
}
