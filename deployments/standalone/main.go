// Command standalone runs all of Qihe on one machine, in one process, with a
// living demo city in it:
//
//	go run ./deployments/standalone
//
// It brings its own PostgreSQL and NATS servers, keeps everything in one data
// folder and serves the web page on http://127.0.0.1:8080; with --tls also to
// phones and other computers. Text messages, such as sign-in codes, are not
// sent but shown on /dev/messages, on this computer only.
package main

import (
	"context"
	"fmt"
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
	Data    string     `help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
	Port    int        `help:"网页端口 Port of the web page." default:"8080"`
	TLS     bool       `name:"tls" help:"加密，供其他设备访问；证书自动生成 HTTPS for other devices, with a certificate of its own making."`
	TLSCert string     `name:"tls-cert" help:"加密，使用已有的证书（PEM） HTTPS with this certificate and its chain." placeholder:"FILE" and:"pair"`
	TLSKey  string     `name:"tls-key" help:"该证书的私钥（PEM） The certificate's key." placeholder:"FILE" and:"pair"`
	Listen  string     `help:"监听地址；加密时默认全部，不加密时只有本机 Address to listen on: with HTTPS all, without it this computer only." placeholder:"ADDRESS"`
	Empty   bool       `help:"不要演示城市 Start a new folder without the demo city."`
	Scale   float64    `help:"演示城市的规模，1 为全市 Size of the demo city; 1 is all of it, 0.01 a hundredth." default:"1"`
	Day     string     `help:"演示城市的“今天” The demo city's today, as 2026-11-23." placeholder:"DAY"`
	Log     slog.Level `help:"日志级别 What is logged: debug, info, warn or error." default:"info"`
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
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: f.Log}))
	slog.SetLogLoggerLevel(slog.LevelDebug) // what net/http complains of: a phone that does not trust the certificate yet
	slog.SetDefault(log)
	shown := newBar(os.Stdout)
	r, err := city.Start(ctx, city.Options{
		Data: f.Data, Port: f.Port, Listen: f.Listen, TLS: f.TLS, CertFile: f.TLSCert, KeyFile: f.TLSKey,
		Empty: f.Empty, Scale: f.Scale, Day: day,
		Log: log, Say: func(text string) { fmt.Println(text) }, Progress: shown.draw,
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
