/** The page of a bundle: the same page, with an engine beside it instead of a server behind it. */
import './map-tiles';
import '../main';
