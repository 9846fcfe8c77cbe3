// Starts the window: the style nonce first (nothing may inject a style before it is known), then the store, then React.
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './theme/base.css';
import { App } from './app';
import { readStyleNonce } from './nonce';
import { connectSnapshotStore } from './store/snapshotStore';
import { followLanguage } from './texts/useLanguage';

const nonce = readStyleNonce(document);
setNonce(nonce);
connectSnapshotStore();
followLanguage();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App nonce={nonce} />);
