package main

import (
	"fmt"
	"io"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
)

// greet says where the city is and whom one can be in it.
func greet(w io.Writer, r *city.Running, data string) {
	_, _ = fmt.Fprintf(w, "\n淇河志愿已启动 Qihe is running\n\n  %s\n", r.URL)
	for _, address := range r.Elsewhere {
		_, _ = fmt.Fprintf(w, "  %s  （其他设备 other devices）\n", address)
	}
	_, _ = fmt.Fprintln(w)
	if r.Authority != nil {
		_, _ = fmt.Fprintf(w, "手机等设备要先安装并信任这个证书机构 Phones and other devices install and trust this authority first:\n\n"+
			"  %s\n\n安装时核对指纹 Compare its fingerprint (SHA-256) when installing:\n\n  %s\n\n", r.Authority.File, r.Authority.Fingerprint)
	}
	if len(r.Accounts) > 0 {
		_, _ = fmt.Fprint(w, "可以用这些手机号登录 Sign in with one of these phone numbers:\n\n")
		for _, a := range r.Accounts {
			_, _ = fmt.Fprintf(w, "  %s  %s  %s\n", a.Phone, a.Name, a.Title)
		}
		_, _ = fmt.Fprintln(w)
	}
	if r.MessagesURL != "" {
		_, _ = fmt.Fprintf(w, "验证码在这里，只有本机能看 The codes appear here, on this computer only\n\n  %s\n", r.MessagesURL)
	}
	_, _ = fmt.Fprintf(w, "\n数据在 Data in %s；按 Ctrl-C 停止 Ctrl-C stops\n\n", data)
}
