package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/folder"
	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/daylog"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

type runCommand struct {
	Data    string     `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
	Port    int        `env:"QIHE_PORT" help:"网页端口 Port of the web page." default:"8080"`
	TLS     bool       `name:"tls" env:"QIHE_TLS" help:"加密，供其他设备访问；证书自动生成 HTTPS for other devices, with a certificate of its own making."`
	TLSCert string     `name:"tls-cert" env:"QIHE_TLS_CERT" help:"加密，使用已有的证书（PEM） HTTPS with this certificate and its chain." placeholder:"FILE" and:"pair"`
	TLSKey  string     `name:"tls-key" env:"QIHE_TLS_KEY" help:"该证书的私钥（PEM） The certificate's key." placeholder:"FILE" and:"pair"`
	Listen  string     `env:"QIHE_LISTEN" help:"监听地址；加密时默认全部，不加密时只有本机 Address to listen on: with HTTPS all, without it this computer only." placeholder:"ADDRESS"`
	Empty   bool       `env:"QIHE_EMPTY" help:"不要演示城市 Start a new folder without the demo city."`
	Scale   float64    `help:"演示城市的规模，1 为全市 Size of the demo city; 1 is all of it, 0.01 a hundredth." default:"1"`
	Day     string     `help:"演示城市的“今天” The demo city's today, as 2026-11-23." placeholder:"DAY"`
	Log     slog.Level `env:"QIHE_LOG" help:"日志级别 What is logged: debug, info, warn or error." default:"info"`
	LogDays int        `env:"QIHE_LOG_DAYS" help:"日志和访问记录写进数据文件夹的 logs/，保存多少天（法律要求六个月，至少 184）；0 为不写 Keep the log, and who visited when, in logs/ of the data folder for so many days: six months by law; 0 writes none." placeholder:"DAYS"`

	Site     string `env:"QIHE_SITE" help:"大家打开的网址，印在二维码里 Address by which people come; it stands in printed codes." placeholder:"URL"`
	Operator string `env:"QIHE_OPERATOR" help:"页脚：主办单位 Foot of the pages: who runs it." placeholder:"NAME"`
	Contact  string `env:"QIHE_CONTACT" help:"页脚：联系电话或地址 Foot of the pages: how to reach them." placeholder:"TEXT"`
	ICP      string `name:"icp" env:"QIHE_ICP" help:"页脚：ICP 备案号 Foot of the pages: number of the ICP filing." placeholder:"NUMBER"`
	Police   string `env:"QIHE_POLICE" help:"页脚：公安备案号 Foot of the pages: number of the filing with the police." placeholder:"NUMBER"`

	AlthoughBehind bool `help:"时钟比数据库里的记录慢也启动：只在以前的时间错了的时候用 Start although the clock is behind the databases' records: only if it was wrong before."`
}

// Run runs the city until it is asked to stop.
func (f runCommand) Run(ctx context.Context, unhook unhook) error {
	var day time.Time
	if f.Day != "" {
		var err error
		if day, err = time.ParseInLocation(time.DateOnly, f.Day, clock.City); err != nil {
			return fmt.Errorf("日期要写成 2026-11-23 这样：--day %[1]s\nWrite the day like 2026-11-23: --day %[1]s", f.Day)
		}
	}
	log, access, err := f.logs()
	if err != nil {
		return err
	}
	delivers, err := config.Load[struct {
		SMS teams.SMS `envPrefix:"SMS_"`
	}]("TEAMS_")
	if err != nil {
		return err
	}
	slog.SetLogLoggerLevel(slog.LevelDebug) // what net/http complains of: a phone that does not trust the certificate yet
	slog.SetDefault(log)
	defer tracing.MustStart(log)()
	shown := newBar(os.Stdout)
	r, err := city.Start(ctx, city.Options{
		Data: f.Data, Port: f.Port, Listen: f.Listen, TLS: f.TLS, CertFile: f.TLSCert, KeyFile: f.TLSKey,
		Empty: f.Empty, Scale: f.Scale, Day: day, Although: f.AlthoughBehind,
		SiteURL: f.Site, Site: portal.Site{Operator: f.Operator, Contact: f.Contact, ICP: f.ICP, Police: f.Police}, SMS: delivers.SMS, Access: access,
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

// logs are where what happens is written to: stderr always, which whoever started us
// keeps as they like, and for as long as the law asks for the data folder.
func (f runCommand) logs() (log, access *slog.Logger, err error) {
	how := &slog.HandlerOptions{Level: f.Log}
	shown := slog.NewTextHandler(os.Stderr, how)
	if f.LogDays == 0 {
		return slog.New(shown), nil, nil
	}
	if err := folder.Make(f.Data); err != nil {
		return nil, nil, err
	}
	logs := filepath.Join(f.Data, "logs")
	kept, err := daylog.Open(logs, "qihe", f.LogDays, clock.System{})
	if err != nil {
		return nil, nil, err
	}
	visits, err := daylog.Open(logs, "access", f.LogDays, clock.System{})
	if err != nil {
		return nil, nil, err
	}
	return slog.New(slog.NewMultiHandler(shown, slog.NewTextHandler(kept, how))), slog.New(slog.NewJSONHandler(visits, nil)), nil
}
