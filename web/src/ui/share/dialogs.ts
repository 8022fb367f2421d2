/** What is fetched together. */
export { ShareDialog } from './ShareDialog';
export { SignInDialog } from './SignInDialog';
