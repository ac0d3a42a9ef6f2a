//! Does the stand-in keep its promises?
