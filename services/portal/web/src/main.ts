import { createApp } from 'vue'
import App from './App.vue'
import { applySettings } from './lib/settings'
import { watchNetwork } from './lib/waiting'
import { router } from './router'
import 'vant/es/style/base.css'
import 'vant/es/overlay/index.css'
import 'vant/es/popup/index.css'
import './styles/base.css'
import './styles/parts.css'

applySettings()
createApp(App).use(router).mount('#app')
watchNetwork()
