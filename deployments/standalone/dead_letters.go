package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/letters"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

type deadLettersCommand struct {
	List    listLetters    `cmd:"" help:"列出 Those that are still to be looked at."`
	Show    showLetter     `cmd:"" help:"看一封 One with what it says."`
	Redrive redriveLetters `cmd:"" help:"原因排除以后，再处理一次 Try again, after the cause was mended."`
}

// within opens the folder's databases for f.
func within(ctx context.Context, data string, f func(s *site.Site) error) (err error) {
	if err := site.Lived(data); err != nil {
		return err
	}
	s, err := site.Open(ctx, data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return f(s)
}

type listLetters struct {
	Data string `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
}

// Run lists dead letters.
func (c listLetters) Run(ctx context.Context) error {
	return within(ctx, c.Data, func(s *site.Site) error {
		all, err := letters.List(ctx, s)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			fmt.Println("没有。 There are none.")
			return nil
		}
		table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		for _, l := range all {
			_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", l.ID, l.DiedAt.In(clock.City).Format("01-02 15:04"), l.Consumer, l.Subject, l.Error)
		}
		return table.Flush()
	})
}

type showLetter struct {
	ID   string `arg:"" help:"编号 Its id."`
	Data string `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
}

// Run shows one dead letter. Events hold nothing of anybody but ids.
func (c showLetter) Run(ctx context.Context) error {
	return within(ctx, c.Data, func(s *site.Site) error {
		l, err := letters.Find(ctx, s, c.ID)
		if err != nil {
			return err
		}
		fmt.Printf("%s\n%s  %s\n%d × %s\n%s\n\n%s\n", l.ID, l.Consumer, l.Subject, l.Attempts, l.DiedAt.In(clock.City).Format(time.DateTime), l.Error, l.Body)
		return nil
	})
}

type redriveLetters struct {
	IDs  []string      `arg:"" help:"编号 Their ids."`
	Data string        `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
	Yes  bool          `help:"真的做；不加只说要做什么 Do it; without, it only says what would be done."`
	Wait time.Duration `help:"等多久 How long to wait for it." default:"30s"`
}

// Run asks for dead letters to be tried again, and waits for what becomes of them.
func (c redriveLetters) Run(ctx context.Context) error {
	return within(ctx, c.Data, func(s *site.Site) error {
		var asked []letters.Letter
		for _, letterID := range c.IDs {
			l, err := letters.Find(ctx, s, letterID)
			if err != nil {
				return fmt.Errorf("%s: %w", letterID, err)
			}
			asked = append(asked, l) // all are found before the first is asked for
		}
		for _, l := range asked {
			fmt.Printf("%s  %s  %s\n", l.ID, l.Consumer, l.Subject)
			if !c.Yes {
				continue
			}
			if err := letters.Ask(ctx, s, l); err != nil {
				return err
			}
		}
		switch {
		case !c.Yes:
			fmt.Println(onlyShown)
			return nil
		case !s.Runs:
			fmt.Println("下次启动后处理。 They are tried after the next start.")
			return nil
		}
		return c.follow(ctx, s, asked)
	})
}

// errAgain says that a letter was tried and failed again.
var errAgain = errors.New("又没有处理成，原因见上\nNot all could be applied; why is said above")

func (c redriveLetters) follow(ctx context.Context, s *site.Site, asked []letters.Letter) error {
	ctx, cancel := context.WithTimeout(ctx, c.Wait)
	defer cancel()
	var failed error
	for _, l := range asked {
		tried, err := letters.Await(ctx, s, l.ID)
		switch {
		case err != nil:
			return err
		case tried.Done:
			fmt.Printf("%s  处理好了 applied\n", l.ID)
		default:
			failed = errAgain
			fmt.Printf("%s  %s\n", l.ID, tried.Error)
		}
	}
	return failed
}
