// Command standalone runs all of Qihe on one machine, in one process, with a
// living demo city in it:
//
//	go run ./deployments/standalone
//
// It brings its own PostgreSQL and NATS servers, keeps everything in one data
// folder and serves the web page on http://127.0.0.1:8080. Text messages, such
// as sign-in codes, are not sent but shown on /dev/messages.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/folder"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

type flags struct {
	Data  string     `help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
	Port  int        `help:"网页端口 Port of the web page on 127.0.0.1." default:"8080"`
	Empty bool       `help:"不要演示城市 Start a new folder without the demo city."`
	Scale float64    `help:"演示城市的规模，1 为全市 Size of the demo city; 1 is all of it." default:"0.01"`
	Day   string     `help:"演示城市的“今天” The demo city's today, as 2026-11-23." placeholder:"DAY"`
	Log   slog.Level `help:"日志级别 What is logged: debug, info, warn or error." default:"info"`
}

func main() {
	var f flags
	kong.Parse(&f, kong.Name("qihe"), kong.Description("在一台电脑上运行淇河志愿。Runs all of Qihe on one machine."),
		kong.Vars{"data": folder.Default()})
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := f.run(ctx, stop); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (f flags) run(ctx context.Context, unhook func()) error {
	var day time.Time
	if f.Day != "" {
		var err error
		if day, err = time.ParseInLocation(time.DateOnly, f.Day, clock.City); err != nil {
			return fmt.Errorf("日期要写成 2026-11-23 这样：--day %[1]s\nWrite the day like 2026-11-23: --day %[1]s", f.Day)
		}
	}
	r, err := city.Start(ctx, city.Options{
		Data: f.Data, Port: f.Port, Empty: f.Empty, Scale: f.Scale, Day: day,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: f.Log})),
		Say: func(text string) { fmt.Println(text) },
	})
	if err != nil {
		return err
	}
	greet(os.Stdout, r, f.Data)

	var failed error
	select {
	case <-ctx.Done():
	case failed = <-r.Failed():
	}
	unhook() // a second Ctrl-C ends us at once
	fmt.Println("正在停止…… Stopping …")
	if err := r.Stop(); err != nil && failed == nil {
		return err
	}
	return failed
}

// greet says where the city is and whom one can be in it.
func greet(w io.Writer, r *city.Running, data string) {
	_, _ = fmt.Fprintf(w, "\n淇河志愿已启动 Qihe is running\n\n  %s\n\n", r.URL)
	if len(r.Accounts) > 0 {
		_, _ = fmt.Fprint(w, "可以用这些手机号登录 Sign in with one of these phone numbers:\n\n")
		for _, a := range r.Accounts {
			_, _ = fmt.Fprintf(w, "  %s  %s  %s\n", a.Phone, a.Name, a.Title)
		}
		_, _ = fmt.Fprintf(w, "\n验证码在这里 The codes appear at\n\n  %s/dev/messages\n", r.URL)
	}
	_, _ = fmt.Fprintf(w, "\n数据在 Data in %s；按 Ctrl-C 停止 Ctrl-C stops\n\n", data)
}
