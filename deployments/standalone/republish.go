package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/again"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/outbox"
)

type republishCommand struct {
	Service   string        `arg:"" enum:"teams,tasks,hours,pairings" help:"谁再说一遍 Who tells again: teams, tasks, hours or pairings."`
	Missing   bool          `help:"只说没有收到的 Only what did not arrive."`
	Since     time.Time     `help:"这时以后存下的 What was stored since then." format:"2006-01-02 15:04" placeholder:"TIME"`
	Until     time.Time     `help:"这时以前存下的 What was stored until then." format:"2006-01-02 15:04" placeholder:"TIME"`
	From      int64         `help:"从这个位置起 From this position of the outbox." placeholder:"ID"`
	To        int64         `help:"到这个位置止 Up to this position." placeholder:"ID"`
	Aggregate string        `help:"只说这一个 Only of this one, as team/0190c0de-…" placeholder:"NAME/ID"`
	Subject   string        `help:"只说这一类 Only of this subject." placeholder:"SUBJECT"`
	All       bool          `help:"全部再说一遍 Everything."`
	Forget    string        `help:"让它先忘记听过：收件箱在、内容丢了时用 A consumer that forgets having heard them first: when it lost what they made, and not its inbox." placeholder:"hours-from-tasks"`
	Yes       bool          `help:"真的做；不加只说要做什么 Do it; without, it only says what would be done."`
	Wait      time.Duration `help:"等多久 How long to wait for it." default:"10m"`
	Data      string        `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
}

var errNothingMeant = errors.New("请说明要哪些：--missing、--since、--until、--from、--to、--aggregate、--subject 或 --all\n" +
	"Say which events: --missing, --since, --until, --from, --to, --aggregate, --subject or --all")

// Run lets a service tell again, and waits until it has.
func (c republishCommand) Run(ctx context.Context) error {
	w := again.Wish{Service: c.Service, Forget: c.Forget, Choice: outbox.Choice{
		Aggregate: c.Aggregate, Subject: c.Subject, Since: inCity(c.Since), Until: inCity(c.Until), From: c.From, To: c.To,
	}}
	if reflect.DeepEqual(w.Choice, outbox.Choice{}) && !c.Missing && !c.All {
		return errNothingMeant
	}
	return within(ctx, c.Data, func(s *site.Site) (err error) {
		if c.Missing {
			if w.Choice.Events, err = again.Missing(ctx, s, c.Service); err != nil {
				return err
			}
			if len(w.Choice.Events) == 0 {
				fmt.Println("都收到了，没有要再说的。 All has arrived: there is nothing to tell again.")
				return nil
			}
		}
		found, err := w.Count(ctx, s)
		if err != nil {
			return err
		}
		total := tellChosen(found)
		switch {
		case total == 0:
			fmt.Println("没有这样的事件。 There are no such events.")
			return nil
		case !c.Yes:
			fmt.Printf("\n要再说 %[1]d 件。 %[1]d events would be told again.\n%[2]s\n", total, onlyShown)
			return nil
		}
		return c.tell(ctx, s, w, total)
	})
}

// tellChosen says what is meant, and returns how much it is.
func tellChosen(found []outbox.Chosen) (total int64) {
	for _, f := range found {
		total += f.Events
		fmt.Printf("%8d  %s  %d–%d  %s – %s\n", f.Events, f.Subject, f.From, f.To,
			f.First.In(clock.City).Format(time.DateTime), f.Last.In(clock.City).Format(time.DateTime))
	}
	return total
}

func (c republishCommand) tell(ctx context.Context, s *site.Site, w again.Wish, total int64) error {
	shown := newBar(os.Stdout)
	n, err := w.Ask(ctx, s, func(n int) { shown.draw(min(100, int(int64(n)*100/total)), "记下 writing down") })
	if err != nil {
		return err
	}
	if !s.Runs {
		fmt.Printf("记下了 %[1]d 件，下次启动后再说。\n%[1]d events are told again after the next start.\n", n)
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, c.Wait)
	defer cancel()
	shown = newBar(os.Stdout)
	if err := again.Await(ctx, s, c.Service, func(left int64) {
		shown.draw(int(max(0, (int64(n)-left)*100/int64(n))), "再说 telling again")
	}); err != nil {
		return err
	}
	fmt.Printf("又说了 %[1]d 件；有的人已经收到过，不会再算。\n%[1]d events were told again; who had them drops them.\n", n)
	return nil
}

// inCity reads a time without a zone as the city's.
func inCity(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, clock.City)
}
